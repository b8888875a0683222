import type { Grid } from '../../matrices/blocks.js';
import { ORDER8 } from '../../planes/order.js';
import { pursue } from './pursue.js';

/** Blocks that are looked at, at most, and planes, the first in order. */
const SAMPLE = 512;
const PLANES = 36;
/** Blocks before a block in raster order, right and down of it. */
const BEFORE = [
  [-1, 0],
  [0, -1],
  [-1, -1],
  [1, -1],
  [-2, 0],
  [0, -2],
] as const;
/** Coefficients below this many steps will be zero. */
const DEAD = 0.6;
/** Squared steps of a coefficient that no prediction takes away. */
const FLOOR = 0.1;

/**
 * How much a channel repeats itself from block to block: the share of the bits of U, the lower planes without plane 0, that predicting each plane from its own
 * values in six blocks before would save, roughly estimated. Photographs have 0.005 to 0.05, repeated structure has 0.05 to 0.6.
 */
export const repetition = (u: Float32Array, grid: Grid, step: number): number =>
  shareOf(repeatedBits(u, grid, step));

/** Bits that would be saved, and those of which: of several parts of a picture all can be added. */
export interface Repeated {
  saved: number;
  bits: number;
}

export const shareOf = ({ saved, bits }: Repeated): number => (bits ? saved / bits : 0);

/** What `repetition` is the share of. */
export function repeatedBits(u: Float32Array, { cols, rows }: Grid, step: number): Repeated {
  const inner: number[] = [];
  const all = (cols - 4) * (rows - 2);
  if (cols < 5 || rows < 3) return { saved: 0, bits: 0 };
  for (let n = 0; n < Math.min(SAMPLE, all); n++) {
    const at = Math.floor((n * all) / Math.min(SAMPLE, all));
    inner.push((2 + Math.floor(at / (cols - 4))) * cols + 2 + (at % (cols - 4)));
  }
  let saved = 0;
  let bits = 0;
  for (const k of ORDER8.subarray(1, PLANES)) {
    const x = valuesOf(u, k, inner, 0, step, 0);
    let values = 0;
    for (const v of x) if (Math.abs(v) > DEAD) values++;
    if (values * 50 < inner.length) continue;
    const columns = BEFORE.map(([dx, dy]) => valuesOf(u, k, inner, dy * cols + dx, step, DEAD));
    const energies = columns.map(energyOf);
    const energy = energyOf(x);
    const { error } = pursue(x, columns, energies, BEFORE.length, () => true);
    const floor = FLOOR * x.length;
    saved += (values * Math.log2((energy + floor) / (error + floor))) / 2;
    bits += values * (3 + Math.log2(1 + Math.sqrt(energy / values)));
  }
  return { saved, bits };
}

/** Plane k of the blocks so far from those given, in steps; what is not above `dead` is 0. */
function valuesOf(
  u: Float32Array,
  k: number,
  blocks: readonly number[],
  off: number,
  step: number,
  dead: number,
): Float64Array {
  const out = new Float64Array(blocks.length);
  for (let n = 0; n < out.length; n++) {
    const v = u[(blocks[n]! + off) * 64 + k]! / step;
    if (Math.abs(v) > dead) out[n] = v;
  }
  return out;
}

function energyOf(x: Float64Array): number {
  let sum = 0;
  for (const v of x) sum += v * v;
  return sum;
}
