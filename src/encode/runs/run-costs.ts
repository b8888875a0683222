import type { Factor } from '../../planes/factor.js';
import { DCT } from '../../runs/cosines.js';
import { LONGEST } from '../../runs/runs.js';

/** The worth of a bit in squared steps, in these estimates. */
export const LAMBDA = 0.1;
/** Groups of a run's planes: frequencies 1 and 2, and 3 to 7. */
const GROUPS = [1, 3, 8];
/** For sums of magnitudes below this the bits are tabulated. */
export const TABULATED = 64;

/**
 * The cost of the planes of each run of 2^l blocks, in squared steps, by l and first block, wherever `surveys` is not 0. `us` are U in
 * steps of the channels that share their runs. Direction 0 is along columns of blocks, 1 along rows.
 */
export function costsOfRuns(
  us: readonly Float32Array[],
  { cols, rows }: Pick<Factor, 'cols' | 'rows'>,
  direction: number,
  surveys: readonly Uint8Array[],
): Float64Array[] {
  const hop = direction ? 1 : cols;
  const [lines, length] = direction ? [rows, cols] : [cols, rows];
  const lineNumbers = new Float64Array(7 * length);
  const x = new Float64Array(7 << LONGEST);
  const costsByLength = Array.from({ length: LONGEST + 1 }, () => new Float64Array(cols * rows));
  for (let line = 0; line < lines; line++) {
    const start = direction ? line * cols : line;
    for (const u of us) {
      gather(u, start, hop, length, direction ? 8 : 1, lineNumbers);
      for (const [l, costs] of costsByLength.entries()) {
        const n = 1 << l;
        for (let begin = 0; begin + n <= length; begin += n) {
          const first = start + begin * hop;
          if (!surveys[l]![first]) continue;
          for (let k = 0; k < 7; k++) foldColumn(lineNumbers, begin * 7 + k, l, x, k);
          costs[first]! += costOf(x, l);
        }
      }
    }
  }
  return costsByLength;
}

/** Gathers the seven coefficients of each block of a line that runs take: those of frequency f = 1 to 7 go to 7 * block + f - 1. */
function gather(
  u: Float32Array,
  start: number,
  hop: number,
  length: number,
  step: number,
  out: Float64Array,
): void {
  for (let j = 0, at = start * 64, to = 0; j < length; j++, at += hop * 64)
    for (let k = at + step, end = at + 8 * step; k < end; k += step) out[to++] = u[k]!;
}

const v = new Float64Array(1 << LONGEST);
const d = new Float64Array(1 << (LONGEST - 1));

/**
 * DCT of the 2^l numbers at from[at + 7 j], to to[k + 7 f]. Odd frequencies come from the differences of the two halves, even ones from a
 * DCT of their sums.
 */
function foldColumn(from: Float64Array, at: number, l: number, to: Float64Array, k: number): void {
  let n = 1 << l;
  for (let j = 0; j < n; j++, at += 7) v[j] = from[at]!;
  let scale = 1;
  for (let hop = 7, level = l; level; level--, hop *= 2, scale *= Math.SQRT1_2) {
    const dct = DCT[level]!;
    const half = n >> 1;
    for (let j = 0; j < half; j++) {
      const a = v[j]!;
      const b = v[n - 1 - j]!;
      v[j] = a + b;
      d[j] = a - b;
    }
    for (let f = 1, row = n, out = k + hop; f < n; f += 2, row += 2 * n, out += 2 * hop) {
      let sum = 0;
      for (let j = 0; j < half; j++) sum += dct[row + j]! * d[j]!;
      to[out] = scale * sum;
    }
    n = half;
  }
  to[k] = scale * v[0]!;
}

const sums = new Int32Array(1 << LONGEST);

/**
 * Squared error + lambda bits of 2^l rows of seven coefficients in steps. Each row's magnitudes are coded with their own mean, which starts
 * from that of all rows.
 */
function costOf(x: Float64Array, l: number): number {
  const n = 1 << l;
  let error = 0;
  let bits = 0;
  for (let g = 1; g < GROUPS.length; g++) {
    const from = GROUPS[g - 1]! - 1;
    const size = GROUPS[g]! - 1 - from;
    let total = 0;
    for (let j = 0, row = from; j < n; j++, row += 7) {
      let sum = 0;
      for (let at = row; at < row + size; at++) {
        const a = Math.abs(x[at]!);
        if (a < 0.6) {
          error += a * a;
          continue;
        }
        const q = (a + 0.4) | 0;
        error += (a - q) * (a - q);
        // The sign.
        bits++;
        sum += q;
      }
      sums[j] = sum;
      total += sum;
    }
    const table = total < TABULATED ? tableOf(g, l, total) : undefined;
    const silent = table ? table[0]! : bitsOf(size, n, total, 0);
    for (let j = 0; j < n; j++) {
      const sum = sums[j]!;
      bits += sum ? (table ? table[sum]! : bitsOf(size, n, total, sum)) : silent;
    }
  }
  return error + LAMBDA * bits;
}

/** Bits of the magnitudes of a row, `size` of them with the sum `sum`, where n rows together sum to `total`. */
function bitsOf(size: number, n: number, total: number, sum: number): number {
  const prior = (2 * total) / (n * size) + 0.05;
  if (!sum) return size * Math.log2(1 + prior / (size + 2));
  const mean = (sum + prior) / (size + 2);
  return sum * Math.log2((1 + mean) / mean) + size * Math.log2(1 + mean);
}

const tables: (Float64Array | undefined)[] = [];

/** `bitsOf` for group g, 1 or 2, in 2^l rows, by sum; `total` is below TABULATED. */
export function tableOf(g: number, l: number, total: number): Float64Array {
  const size = GROUPS[g]! - GROUPS[g - 1]!;
  return (tables[((g - 1) * (LONGEST + 1) + l) * TABULATED + total] ??= Float64Array.from(
    { length: total + 1 },
    (_, sum) => bitsOf(size, 1 << l, total, sum),
  ));
}
