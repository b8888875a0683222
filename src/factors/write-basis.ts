import { type Basis, COLUMN_BITS, COUNT_BITS, PRECISION_BITS } from './rotation.js';

/** Takes n equiprobable bits of an unsigned integer. */
export type BitsSink = (n: number, value: number) => void;

/** Writes V of one channel; undefined for the DCT basis. The mirror of readBasis. */
export function writeBasis(bits: BitsSink, basis: Basis | undefined): void {
  bits(1, basis ? 1 : 0);
  if (!basis) return;
  const { precision, columns, rotations } = basis;
  bits(PRECISION_BITS, precision);
  bits(1, columns ? 1 : 0);
  if (columns) bits(COLUMN_BITS, columns - 1);
  else bits(COUNT_BITS, rotations.length - 1);
  for (const { i, j, n } of rotations) {
    if (!columns) {
      bits(COLUMN_BITS, i);
      bits(COLUMN_BITS, j);
    }
    bits(precision + 2, n + (1 << precision));
  }
}
