/**
 * Scales on which equal steps of magnitudes and expectations matter equally. Square roots of integers, rounded, and products in a fixed order are the same
 * in every engine.
 */

/** The square root of an integer below 2^30, rounded: it is never so near to a half that the sum would round. */
const root = (n: number): number => (Math.sqrt(n) + 0.5) | 0;

/** Companded magnitude of a value in half steps. */
export const compand = (value: number): number => Math.min(255, root(128 * Math.abs(value)));

/** Companded magnitude of a signed mean. */
export const meanMagnitude = (mean: number): number => root(Math.min(4095, Math.floor(Math.abs(mean) / 4)));

/** The levels of e = (i + 1/2) / 512: level k begins where 512 (e + 0.01) is `first` ratio^k. */
function levels(first: number, ratio: number): Uint8Array {
  const table = new Uint8Array(8192);
  for (let level = 1; level < 32; level++) table.fill(level, Math.ceil((first *= ratio) - 5.62));
  return table;
}

/** As many levels a doubling of e + 0.01: 3.5. Level 0 goes up to e + 0.01 = 2^-6.2 times that. */
const RATIO = 1.219014;
const FIRST = 6.9644;

/** Level of an expected magnitude e: 3.5 (log2(e + 0.01) + 6.2), rounded down, 0 to 31. */
export const LEVEL = levels(FIRST, RATIO);

/** Level of an expected magnitude e of a coefficient that is not zero: 8 (log2(e + 0.01) + 2), rounded down, 0 to 31. */
export const LEVEL_NONZERO = levels(128, 1.090508);

/** 384 / (e^2 + 0.3), rounded, at the middle e of each level of the expected magnitude: how much a signed mean is worth, see signLevel. */
export const RELIABILITY = new Float64Array(32);
for (let level = 0, e = (FIRST / 512) * Math.sqrt(RATIO); level < 32; level++, e *= RATIO)
  RELIABILITY[level] = Math.round(384 / ((e - 0.01) * (e - 0.01) + 0.3));

/** Level 0 to 10 of what a signed mean (in 1/1024 of a step) says of the sign where the expected magnitude has this level. */
export const signLevel = (mean: number, level: number): number =>
  Math.min(10, Math.floor((Math.abs(mean) * RELIABILITY[level]! + 32_768) / 65_536));

/** Level 0 to 31 of a weighted sum of features: by LEVEL for the flags, by LEVEL_NONZERO for the magnitudes. */
export const levelOf = (sum: number, levels = LEVEL): number =>
  levels[sum < 0 ? 0 : Math.min(sum >> 5, 8191)]!;
