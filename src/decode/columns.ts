import { RangeDecoder } from '../bits/range-decoder.js';
import { columnStates, side } from '../columns/contexts.js';
import { readColumn } from '../columns/read.js';
import { addColumn, directedColumn } from '../columns/recompose.js';
import { synthesise } from '../columns/wavelet.js';
import { plane } from '../core/plane.js';
import type { Header } from '../format/header.js';
import { stepOf } from '../format/step.js';
import type { OpenFile } from './open.js';
import type { Reading } from './reading.js';

/**
 * What `columnReader` is told: the channel, a column of U, of length `step`, with its column of V, undefined where that of U is zero, and the bytes that V
 * takes, to within one.
 */
type Add = (channel: number, u: Float64Array, v: Float64Array | undefined, taken: number) => void;

/** bits -> columns -> factors, layout `channel`: a function that reads the next column of a channel. */
export function columnReader(
  coder: RangeDecoder,
  { width, height, channels, step }: Header,
  add: Add,
): (channel: number) => void {
  const states = columnStates();
  const sides = Array.from({ length: channels }, () => ({ left: side(height), right: side(width) }));
  return channel => {
    const { left, right } = sides[channel]!;
    const u = readColumn(coder, states, left);
    const before = coder.position;
    let v: Float64Array | undefined;
    if (directedColumn(u, stepOf(step))) {
      v = readColumn(coder, states, right);
      synthesise(v);
    }
    add(channel, u, v, coder.position - before);
  };
}

/** bits -> columns -> factors -> channels, layout `channel`, keeping at most `rank` columns. */
export function readingColumns(bytes: Uint8Array, { header, start, end }: OpenFile, rank: number): Reading {
  const coder = new RangeDecoder(bytes, start, end);
  const planes = Array.from({ length: header.channels }, () => plane(header.width, header.height));
  let kept = true;
  const next = columnReader(coder, header, (channel, u, v) => {
    if (kept && v) addColumn(planes[channel]!, u, v);
  });
  return {
    coder,
    scale: 1,
    bands: Infinity,
    *read(steps) {
      for (const step of steps) {
        kept = step.rank <= rank;
        next(step.channel);
        yield;
      }
    },
    // biome-ignore lint/correctness/useYield: there is little to do
    *channels() {
      return planes;
    },
  };
}
