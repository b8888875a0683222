import type { RangeDecoder } from '../bits/range-decoder.js';
import { fail } from '../core/errors.js';
import {
  type Basis,
  COLUMN_BITS,
  COUNT_BITS,
  exactPairs,
  PRECISION_BITS,
  type Rotation,
  SIZE,
} from './rotation.js';

/** Reads V of one channel; undefined where it is the DCT basis. The mirror of writeBasis. */
export function readBasis(coder: RangeDecoder, order: Uint8Array): Basis | undefined {
  if (!coder.bits(1)) return undefined;
  const precision = coder.bits(PRECISION_BITS);
  const exact = coder.bits(1);
  const columns = exact ? coder.bits(COLUMN_BITS) + 1 : 0;
  const pairs = exact ? exactPairs(columns, order) : undefined;
  const rotations: Rotation[] = [];
  const count = pairs ? pairs.length : coder.bits(COUNT_BITS) + 1;
  for (let r = 0; r < count; r++) {
    const [i, j] = pairs ? pairs[r]! : [coder.bits(COLUMN_BITS), coder.bits(COLUMN_BITS)];
    const n = coder.bits(precision + 2) - (1 << precision);
    if (i >= SIZE || i === j || n > 1 << precision)
      fail('CORRUPT', 'rotation', `${i}, ${j}, ${n}`, 'two columns and an angle');
    rotations.push({ i, j, n });
  }
  return { precision, columns, rotations };
}
