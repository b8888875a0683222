import { bytesOfText } from '../bits/bytes-of-text.js';
import { RangeDecoder } from '../bits/range-decoder.js';
import { GOLOMB_CONTEXTS, readGolomb } from '../bits/read-golomb.js';
import { readSigned } from '../bits/read-signed.js';
import { contextsOf, SHAPES } from './shapes.js';
import { TEXT } from './text.js';

const bytes = bytesOfText(TEXT);
const coder = new RangeDecoder(bytes, 0, bytes.length);

/**
 * The tables that were fitted offline (bench/rate-distortion.md), listed in codec-spec.md. They are coded with the codec's own range coder:
 * for each row, how many rows earlier the same row occurred, or 0 for a new one; then its integers.
 */
const TABLES = SHAPES.map(([rows, columns, sets, unit]) => {
  const states = contextsOf(sets);
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    const back = readGolomb(coder, states, 0, 0) * columns;
    for (let column = 1; column <= columns; column++) {
      const set = Math.min(column, sets) * GOLOMB_CONTEXTS;
      const above = unit < 0 ? (values.at(-columns) ?? 0) : 0;
      values.push(back ? values.at(-back)! : above + readSigned(coder, states, set));
    }
  }
  return unit > 0 ? values.map(i => Math.trunc((i * (Math.abs(i) + 4)) / unit)) : values;
});

/**
 * Weights of the expected magnitude of a coefficient (4 types of 13 rows), of that of the rest of a row (6 bands), and of the signed mean (5 rows, and 3 for plane
 * 0's level). Start probabilities: two integers a row of contexts, see planes/states.ts. The restoration filter:
 * coefficients in 1/64, the mean filters by group and tap; the group of a block's class [(activity * 3 + direction) * 2 + 1 if it is coded].
 */
export const [EXPECTATION_WEIGHTS, ALIVE_WEIGHTS, MEAN_WEIGHTS, CURVES, MEAN_FILTERS, GROUP_OF_CLASS] =
  TABLES as [number[], number[], number[], number[], number[], number[]];
