import { CodecError } from '../core/errors.js';
import { LONGEST } from './read-golomb.js';

/**
 * Writes an Exp-Golomb code of order k; its bits have adaptive contexts from `base` on. The mirror of readGolomb. Throws OPTION if the
 * value is too large for a code; below 2^31 - 2^k none is.
 */
export function writeGolomb(
  bit: (context: number, bit: number) => void,
  base: number,
  k: number,
  value: number,
): void {
  let rest = value;
  let e = 0;
  for (; k < LONGEST && rest >= 2 ** k; e++, k++) {
    bit(base + Math.min(e, 15), 1);
    rest -= 2 ** k;
  }
  if (rest >= 2 ** k) throw new CodecError('OPTION', { field: 'value', got: value, expected: 'less' });
  if (k < LONGEST) bit(base + Math.min(e, 15), 0);
  for (let i = k - 1; i >= 0; i--)
    bit(base + 16 + Math.min(e, 15) * 2 + (i === k - 1 ? 0 : 1), (rest >> i) & 1);
}
