import { SIGN } from './read-signed.js';
import { writeGolomb } from './write-golomb.js';

/** Writes an integer: its size as an Exp-Golomb code of order 0, then its sign. The mirror of readSigned. */
export function writeSigned(bit: (context: number, bit: number) => void, base: number, value: number): void {
  writeGolomb(bit, base, 0, Math.abs(value));
  if (value) bit(base + SIGN, value < 0 ? 1 : 0);
}
