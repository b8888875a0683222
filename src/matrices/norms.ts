import { GAINS4 } from './inverse4.js';
import { NORMS8 } from './lapping.js';

/** Norm of the synthesis function of each coefficient u * block + v, by block: stored coefficients are multiplied by it. */
export const NORMS = {
  8: NORMS8,
  4: Float64Array.from({ length: 16 }, (_, k) => 2 ** 20 / (GAINS4[k >> 2]! * GAINS4[k & 3]!)),
};
