import type { Bidiagonal } from './bidiagonal.js';
import { rotate } from './vector.js';

const EPSILON = 2 ** -52;

/** Below this an element of a matrix scaled to about 1 is nothing: far under rounding, far above underflow. */
const NOTHING = 2 ** -130;

/** Sweeps spent on one singular value before the tolerance is relaxed; two or three are usual. */
const PATIENCE = 40;

/**
 * Diagonalises B in place by implicitly shifted QR sweeps and turns U and V along: afterwards `diagonal` holds
 * the singular values, unordered and with either sign, and `above` is zero.
 *
 * The shifted and the unshifted sweep are those of Demmel and Kahan, Accurate singular values of bidiagonal
 * matrices (SIAM J. Sci. Stat. Comput. 11, 1990): the unshifted one is taken where a shift would be lost in
 * rounding, and it also splits B at a zero on the diagonal, so that rank deficiency needs no case of its own.
 * The values must be scaled to about 1.
 */
export function diagonalise({ diagonal: d, above: e, ut, vt }: Bidiagonal): void {
  let last = d.length - 1;
  let sweeps = 0;
  while (last > 0) {
    // Should a value refuse to converge, doubling the tolerance ends the loop with the smallest error there is.
    const tolerance = EPSILON * 2 ** Math.floor(sweeps / PATIENCE);
    let first = last;
    while (first > 0 && !negligible(d, e, first - 1, tolerance)) first--;
    if (first > 0) e[first - 1] = 0;
    if (first === last) {
      last--;
      sweeps = 0;
      continue;
    }
    const shift = shiftOf(d, e, first, last);
    if (shift === 0) plainSweep(d, e, first, last, ut, vt);
    else shiftedSweep(d, e, first, last, shift, ut, vt);
    sweeps++;
  }
}

function negligible(d: Float64Array, e: Float64Array, i: number, tolerance: number): boolean {
  return Math.abs(e[i]!) <= tolerance * (Math.abs(d[i]!) + Math.abs(d[i + 1]!)) + NOTHING;
}

/**
 * The smaller singular value of the last 2 x 2 block (LAPACK's dlas2), or 0 where it would be lost in
 * rounding.
 */
function shiftOf(d: Float64Array, e: Float64Array, first: number, last: number): number {
  const f = Math.abs(d[last - 1]!);
  const g = Math.abs(e[last - 1]!);
  const h = Math.abs(d[last]!);
  const low = Math.min(f, h);
  const high = Math.max(f, h);
  // A zero on the diagonal: the unshifted sweep splits the block there.
  for (let i = first; i <= last; i++) if (Math.abs(d[i]!) <= NOTHING) return 0;
  const sum = 1 + low / high;
  const difference = (high - low) / high;
  let shift: number;
  if (g < high) {
    const ratio = (g / high) ** 2;
    shift = (low * 2) / (Math.sqrt(sum * sum + ratio) + Math.sqrt(difference * difference + ratio));
  } else {
    const ratio = high / g;
    shift =
      (2 * low * ratio) / (Math.sqrt(1 + (sum * ratio) ** 2) + Math.sqrt(1 + (difference * ratio) ** 2));
  }
  return (shift / d[first]!) ** 2 < EPSILON ? 0 : shift;
}

type Rows = Bidiagonal['ut'];

/** The rotation (c, s) that takes (f, g) to (length, 0). */
const turn = { c: 1, s: 0, length: 0 };
function turnTo(f: number, g: number): void {
  const largest = Math.max(Math.abs(f), Math.abs(g));
  if (largest === 0) {
    turn.c = 1;
    turn.s = 0;
    turn.length = 0;
    return;
  }
  const x = f / largest;
  const y = g / largest;
  const length = Math.sqrt(x * x + y * y);
  turn.c = x / length;
  turn.s = y / length;
  turn.length = length * largest;
}

function turnRows(rows: Rows, i: number): void {
  rotate(rows.data, i * rows.stride, (i + 1) * rows.stride, rows.cols, turn.c, turn.s);
}

function shiftedSweep(
  d: Float64Array,
  e: Float64Array,
  first: number,
  last: number,
  shift: number,
  ut: Rows,
  vt: Rows,
): void {
  const start = d[first]!;
  let f = (Math.abs(start) - shift) * (Math.sign(start) + shift / start);
  let g = e[first]!;
  for (let i = first; i < last; i++) {
    turnTo(f, g);
    turnRows(vt, i);
    if (i > first) e[i - 1] = turn.length;
    f = turn.c * d[i]! + turn.s * e[i]!;
    e[i] = turn.c * e[i]! - turn.s * d[i]!;
    g = turn.s * d[i + 1]!;
    d[i + 1] = turn.c * d[i + 1]!;
    turnTo(f, g);
    turnRows(ut, i);
    d[i] = turn.length;
    f = turn.c * e[i]! + turn.s * d[i + 1]!;
    d[i + 1] = turn.c * d[i + 1]! - turn.s * e[i]!;
    if (i < last - 1) {
      g = turn.s * e[i + 1]!;
      e[i + 1] = turn.c * e[i + 1]!;
    }
  }
  e[last - 1] = f;
}

function plainSweep(d: Float64Array, e: Float64Array, first: number, last: number, ut: Rows, vt: Rows): void {
  let c = 1;
  let cBefore = 1;
  let sBefore = 0;
  for (let i = first; i < last; i++) {
    turnTo(d[i]! * c, e[i]!);
    turnRows(vt, i);
    const { s, length } = turn;
    c = turn.c;
    if (i > first) e[i - 1] = sBefore * length;
    turnTo(cBefore * length, d[i + 1]! * s);
    turnRows(ut, i);
    cBefore = turn.c;
    sBefore = turn.s;
    d[i] = turn.length;
  }
  const rest = d[last]! * c;
  d[last] = rest * cBefore;
  e[last - 1] = rest * sBefore;
}
