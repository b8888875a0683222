import { LONGEST } from './runs.js';

/** cos(m pi / 64), by a recurrence that is normative (codec-spec.md, "Runs"): a literal, products and differences. */
const COSINES = [1, 0.9987954562051724];
for (let m = 2; m < 128; m++) COSINES[m] = 2 * COSINES[1]! * COSINES[m - 1]! - COSINES[m - 2]!;

/** The orthonormal DCT of n = 2^l numbers, by l: the weight of number j in frequency f is at f * n + j. */
export const DCT = Array.from({ length: LONGEST + 1 }, (_, l) =>
  Float64Array.from({ length: 1 << (2 * l) }, (_, at) => {
    const f = at >> l;
    const j = at - (f << l);
    return Math.sqrt((f ? 2 : 1) / (1 << l)) * COSINES[(((2 * j + 1) * f) << (LONGEST - l)) & 127]!;
  }),
);
