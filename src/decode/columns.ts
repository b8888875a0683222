import type { RangeDecoder } from '../bits/range-decoder.js';
import { columnStates, side } from '../columns/contexts.js';
import { readColumn } from '../columns/read.js';
import { addColumn, directedColumn } from '../columns/recompose.js';
import { synthesise } from '../columns/wavelet.js';
import { plane } from '../core/plane.js';
import type { Header } from '../format/header.js';
import { stepOf } from '../planes/step.js';
import type { OpenFile } from './open.js';
import type { Reading } from './reading.js';

/**
 * Called with each column of U, of length `step`: its channel; its column of V, undefined if that of U is zero; and the bytes that V takes,
 * to within one.
 */
type Add = (channel: number, u: Float64Array, v: Float64Array | undefined, taken: number) => void;

/** bits -> columns -> factors, layout `channel`: returns a function that reads the next column of a channel and calls `add`. */
function columnReader(
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

/** Reads all columns of layout `channel` that are here, and calls `add` with each. */
export function readColumns({ header, coder, steps, count }: OpenFile, add: Add): void {
  const next = columnReader(coder(0), header, add);
  for (const { channel } of steps.slice(0, count)) next(channel);
}

/** Reads a file of layout `channel` and keeps `rank` columns. */
export function readingColumns({ header, coder: coderOf }: OpenFile, rank: number): Reading {
  const coder = coderOf(0);
  const planes = Array.from({ length: header.channels }, () => plane(header.width, header.height));
  const next = columnReader(coder, header, (channel, u, v) => {
    if (kept && v) addColumn(planes[channel]!, u, v);
  });
  let kept = true;
  return {
    scale: 1,
    coders: [coder],
    origin: { left: 0, top: 0 },
    wants: step => step.rank <= rank,
    read(step) {
      kept = step.rank <= rank;
      next(step.channel);
    },
    // biome-ignore lint/correctness/useYield: it is there already
    *compose() {
      return { planes };
    },
  };
}
