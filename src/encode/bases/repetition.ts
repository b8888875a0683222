import type { Grid } from '../../matrices/blocks.js';
import { ORDER8 } from '../../planes/order.js';
import { pursue } from './pursue.js';

/** At most this many blocks, and the first planes in order, are looked at. */
const SAMPLE = 512;
const PLANES = 36;
/** Offsets, right and down, to blocks earlier in raster order. */
const BEFORE = [
  [-1, 0],
  [0, -1],
  [-1, -1],
  [1, -1],
  [-2, 0],
  [0, -2],
] as const;
/** Coefficients below this many steps become zero. */
const DEAD = 0.6;
/** Squared steps of a coefficient that no prediction removes. */
const FLOOR = 0.1;

/**
 * How much a channel repeats itself from block to block: roughly, the share of the bits of U that would be saved by predicting each plane
 * from its own values in six earlier blocks. Only the lower planes count, without plane 0. Photographs have 0.005 to 0.05, repeated
 * structure 0.05 to 0.6.
 */
export const repetition = (u: Float32Array, grid: Grid, step: number): number =>
  shareOf(repeatedBits(u, grid, step));

/** Bits saved, out of how many. The parts of a picture can be summed. */
export interface Repeated {
  saved: number;
  bits: number;
}

export const shareOf = ({ saved, bits }: Repeated): number => (bits ? saved / bits : 0);

/** The two numbers that `repetition` is the ratio of. */
export function repeatedBits(u: Float32Array, { cols, rows }: Grid, step: number): Repeated {
  const inner: number[] = [];
  const inside = (cols - 4) * (rows - 2);
  if (cols < 5 || rows < 3) return { saved: 0, bits: 0 };
  for (let n = 0; n < Math.min(SAMPLE, inside); n++) {
    const at = Math.floor((n * inside) / Math.min(SAMPLE, inside));
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

/** Plane k of the blocks at this offset from the given ones, in steps; values not above `dead` become 0. */
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
