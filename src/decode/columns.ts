import { RangeDecoder } from '../bits/range-decoder.js';
import { columnStates, side } from '../columns/contexts.js';
import { readColumn } from '../columns/read.js';
import { addColumn, directedColumn } from '../columns/recompose.js';
import { synthesise } from '../columns/wavelet.js';
import { plane } from '../core/plane.js';
import { stepOf } from '../format/step.js';
import { rankOf } from '../planes/schedule.js';
import type { DecodedChannels } from './blocks.js';
import type { OpenFile } from './open.js';

/**
 * bits -> columns -> factors, layout `channel`: calls `add` for each column of U, of length `step`, with its column of V, undefined where that of U is
 * zero, and the bytes that V takes, to within one. Returns the bytes of the stream that the coder took.
 */
export function readColumns(
  bytes: Uint8Array,
  { header, start, end, count }: OpenFile,
  add: (channel: number, u: Float64Array, v: Float64Array | undefined, taken: number) => void,
): number {
  const { width, height, channels, order } = header;
  const step = stepOf(header.step);
  const coder = new RangeDecoder(bytes, start, end);
  const states = columnStates();
  const sides = Array.from({ length: channels }, () => ({ left: side(height), right: side(width) }));
  for (const channel of order.slice(0, count)) {
    const { left, right } = sides[channel]!;
    const u = readColumn(coder, states, left);
    const before = coder.position;
    let v: Float64Array | undefined;
    if (directedColumn(u, step)) {
      v = readColumn(coder, states, right);
      synthesise(v);
    }
    add(channel, u, v, coder.position - before);
  }
  return coder.position - start;
}

/** bits -> columns -> factors -> channels, layout `channel`, keeping at most `rank` columns. */
export function decodeColumns(bytes: Uint8Array, file: OpenFile, rank: number): DecodedChannels {
  const { width, height, channels } = file.header;
  const planes = Array.from({ length: channels }, () => plane(width, height));
  let step = 0;
  const taken = readColumns(bytes, file, (channel, u, v) => {
    if (file.steps[step++]!.rank <= rank && v) addColumn(planes[channel]!, u, v);
  });
  return { planes, taken, columns: Math.min(rank, rankOf(file.steps.slice(0, file.count))) };
}
