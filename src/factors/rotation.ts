/**
 * V of a channel: the DCT basis times the picture's own Givens rotations. A rotation of columns i and j is stored as the integer n of
 * t = tan(angle / 2) = n / 2^precision, so that cosine and sine are quotients and every engine has the same.
 */
export interface Rotation {
  i: number;
  j: number;
  /** -2^precision to 2^precision. */
  n: number;
}

/** The rotations of one channel, in the order in which they multiply the DCT basis. */
export interface Basis {
  /** Bits of n, 1 to 15. */
  precision: number;
  /** Columns of an exact basis, whose rotations come in a fixed order; 0 where each says its columns. */
  columns: number;
  rotations: Rotation[];
}

export const SIZE = 64;
export const PRECISION_BITS = 4;
export const COUNT_BITS = 11;
export const COLUMN_BITS = 6;

/** Cosine and sine of a rotation. */
export function cosSin(n: number, precision: number): [number, number] {
  const unit = 1 << precision;
  const norm = unit * unit + n * n;
  return [(unit * unit - n * n) / norm, (2 * n * unit) / norm];
}

/**
 * V in the DCT domain, 64 x 64, element (r, k) at r * 64 + k: G1 G2 ... Gn, column k the DCT coefficients of the atom that plane k weighs.
 */
export function basisMatrix({ precision, rotations }: Basis): Float64Array {
  const v = new Float64Array(SIZE * SIZE);
  for (let k = 0; k < SIZE; k++) v[k * SIZE + k] = 1;
  for (const { i, j, n } of rotations) {
    const [c, s] = cosSin(n, precision);
    for (let r = 0; r < SIZE * SIZE; r += SIZE) {
      const a = v[r + i]!;
      const b = v[r + j]!;
      v[r + i] = c * a + s * b;
      v[r + j] = c * b - s * a;
    }
  }
  return v;
}

/** The pairs of an exact basis of so many columns: column by column, each with all later planes of the order. */
export function exactPairs(columns: number, order: Uint8Array): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < columns; a++) for (let b = a + 1; b < SIZE; b++) pairs.push([order[a]!, order[b]!]);
  return pairs;
}
