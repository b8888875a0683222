import type { Plane } from '../core/plane.js';
import { TAPS } from './bank.js';
import { DIFFERENCES } from './clips.js';
import { TURNS, turnTap } from './filter.js';
import { PAD, type Samples } from './samples.js';

/** Least squares for one group, in units of the step: coefficients x gain 2 x.b - x'Ax over no filter, in squared steps. */
export interface Normal {
  /** Pixels. */
  pixels: number;
  /** TAPS x TAPS, symmetric: sums of products of clipped differences. */
  a: Float64Array;
  /** Sums of products with the error. */
  b: Float64Array;
}

/** Columns of the products gathered: the taps and the error. */
export const COLUMNS = TAPS + 1;
/** Pixels of a 4x4 block that are looked at: those of one colour of a chessboard. */
const PIXELS = 8;
/**
 * Gathers the normal equations of a channel's groups over the 4x4 blocks entirely inside `original`, the channel before coding; `samples`
 * is the decoded channel. Only a sample of the pixels is used, with its sums scaled up: of more than `many` blocks every second one, of
 * more than twice as many every fourth, and so on.
 */
export function gatherStatistics(
  samples: Samples,
  original: Plane,
  chosen: Uint8Array,
  groups: number,
  clips: Int32Array,
  step: number,
  many: number,
): Normal[] {
  const sums = Array.from({ length: groups * TURNS }, () => new Float64Array(COLUMNS * COLUMNS));
  const blocks = new Int32Array(groups);
  const f = new Float64Array(COLUMNS * PIXELS);
  const cols = samples.width >> 3;
  const hop = hopFor(chosen.length, many);
  for (let by = 0; by < original.height >> 2; by++)
    for (let bx = by % hop; bx < original.width >> 2; bx += hop) {
      const filter = chosen[(by >> 1) * cols + (bx >> 1)]!;
      blocks[Math.floor(filter / TURNS)]!++;
      gatherBlock(f, samples, original, bx * 4, by * 4, clips);
      addProducts(sums[filter]!, f);
    }
  return normalsOf(sums, blocks, hop, step);
}

/** Every how many 4x4 blocks one is looked at, for this many 8x8 blocks. */
export function hopFor(blocks: number, many: number): number {
  let hop = 1;
  while ((blocks * 4) / hop > many) hop *= 2;
  return hop;
}

/**
 * The normal equations of groups, from the sums of their filters, COLUMNS x COLUMNS (only the upper triangle is read), and the number of
 * `blocks` looked at in each.
 */
export function normalsOf(sums: Float64Array[], blocks: Int32Array, hop: number, step: number): Normal[] {
  const unit = (hop * (16 / PIXELS)) / (256 * step * step);
  return Array.from(blocks, (count, group) => foldTurns(sums, group, unit, count * 16 * hop));
}

/** The clipped differences of eight pixels of a block, tap after tap, then the errors, in 1/16. */
function gatherBlock(
  f: Float64Array,
  { stride, data }: Samples,
  original: Plane,
  x: number,
  y: number,
  clips: Int32Array,
): void {
  const bias = 2 * clips[DIFFERENCES]!;
  for (let n = 0; n < PIXELS; n++) {
    const dy = n >> 1;
    const dx = ((n & 1) << 1) + (dy & 1);
    const p = (y + dy + PAD) * stride + x + dx + PAD;
    const s = data[p]!;
    const m = DIFFERENCES - s;
    const f0 = clips[data[p + 1]! + m]! + clips[data[p - 1]! + m]!;
    const f1 = clips[data[p + stride]! + m]! + clips[data[p - stride]! + m]!;
    const f2 = clips[data[p + stride + 1]! + m]! + clips[data[p - stride - 1]! + m]!;
    const f3 = clips[data[p + stride - 1]! + m]! + clips[data[p - stride + 1]! + m]!;
    const f4 = clips[data[p + 2]! + m]! + clips[data[p - 2]! + m]!;
    const f5 = clips[data[p + 2 * stride]! + m]! + clips[data[p - 2 * stride]! + m]!;
    f[n] = f0 >> 16;
    f[8 + n] = f1 >> 16;
    f[16 + n] = f2 >> 16;
    f[24 + n] = f3 >> 16;
    f[32 + n] = f4 >> 16;
    f[40 + n] = f5 >> 16;
    f[48 + n] = (f0 & 65_535) - bias;
    f[56 + n] = (f1 & 65_535) - bias;
    f[64 + n] = (f2 & 65_535) - bias;
    f[72 + n] = (f3 & 65_535) - bias;
    f[80 + n] = (f4 & 65_535) - bias;
    f[88 + n] = (f5 & 65_535) - bias;
    f[96 + n] = original.data[(y + dy) * original.width + x + dx]! * 16 - s;
  }
}

/** Adds F F' to the upper triangle of `sum`, F of COLUMNS x PIXELS. */
function addProducts(sum: Float64Array, f: Float64Array): void {
  for (let i = 0; i < COLUMNS; i++) {
    const at = i * PIXELS;
    const a0 = f[at]!;
    const a1 = f[at + 1]!;
    const a2 = f[at + 2]!;
    const a3 = f[at + 3]!;
    const a4 = f[at + 4]!;
    const a5 = f[at + 5]!;
    const a6 = f[at + 6]!;
    const a7 = f[at + 7]!;
    for (let j = i, k = at; j < COLUMNS; j++, k += PIXELS)
      sum[i * COLUMNS + j]! +=
        a0 * f[k]! +
        a1 * f[k + 1]! +
        a2 * f[k + 2]! +
        a3 * f[k + 3]! +
        a4 * f[k + 4]! +
        a5 * f[k + 5]! +
        a6 * f[k + 6]! +
        a7 * f[k + 7]!;
  }
}

/** Sums the turns of a group, each turned back, and scales them. */
function foldTurns(sums: Float64Array[], group: number, unit: number, pixels: number): Normal {
  const a = new Float64Array(TAPS * TAPS);
  const b = new Float64Array(TAPS);
  for (let turn = 0; turn < TURNS; turn++) {
    const sum = sums[group * TURNS + turn]!;
    const back = (tap: number): number => turnTap(turn, tap);
    for (let i = 0; i < TAPS; i++) {
      b[back(i)]! += sum[i * COLUMNS + TAPS]! * unit;
      for (let j = 0; j < TAPS; j++)
        a[back(i) * TAPS + back(j)]! += sum[Math.min(i, j) * COLUMNS + Math.max(i, j)]! * unit;
    }
  }
  return { pixels, a, b };
}
