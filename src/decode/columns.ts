import { RangeDecoder } from '../bits/range-decoder.js';
import { columnStates, side } from '../columns/contexts.js';
import { readColumn } from '../columns/read.js';
import { addColumn, directedColumn } from '../columns/recompose.js';
import { synthesise } from '../columns/wavelet.js';
import { plane } from '../core/plane.js';
import { stepOf } from '../format/step.js';
import type { DecodedChannels } from './blocks.js';
import type { OpenFile } from './open.js';

/** bits -> columns -> factors -> channels, layout `channel`, keeping at most `rank` columns. */
export function decodeColumns(
  bytes: Uint8Array,
  { header, start, end, count }: OpenFile,
  rank: number,
): DecodedChannels {
  const { width, height, channels, order } = header;
  const step = stepOf(header.step);
  const coder = new RangeDecoder(bytes, start, end);
  const states = columnStates();
  const factors = Array.from({ length: channels }, () => ({
    x: plane(width, height),
    left: side(height),
    right: side(width),
    columns: 0,
  }));
  for (const channel of order.slice(0, count)) {
    const of = factors[channel]!;
    const u = readColumn(coder, states, of.left);
    if (directedColumn(u, step)) {
      const v = readColumn(coder, states, of.right);
      synthesise(v);
      if (of.columns < rank) addColumn(of.x, u, v);
    }
    of.columns++;
  }
  return {
    planes: factors.map(of => of.x),
    taken: coder.position - start,
    columns: Math.min(rank, Math.max(...factors.map(of => of.columns))),
  };
}
