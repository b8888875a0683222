/**
 * Integer tables that bring magnitudes and expectations to scales on which equal steps matter equally. They are built by integers from
 * literal bounds, so that every engine has the same.
 */

/** round(sqrt n) of an integer n >= 0, corrected by integers. */
function roundedRoot(n: number): number {
  let r = Math.floor(Math.sqrt(n)) + 1;
  while (r > 0 && (2 * r - 1) * (2 * r - 1) > 4 * n) r--;
  return r;
}

/** For each i the number of bounds at or below it. */
function levels(bounds: number[], size: number): Uint8Array {
  const table = new Uint8Array(size);
  for (let i = 0, level = 0; i < size; i++) {
    while (bounds[level]! <= i) level++;
    table[i] = level;
  }
  return table;
}

/** Companded magnitude of a value of m half steps: min(255, round(16 sqrt(m / 2))). Index min(m, 511). */
export const COMPAND = Uint8Array.from({ length: 512 }, (_, m) => Math.min(255, roundedRoot(128 * m)));

/** Companded magnitude of a signed mean: round(sqrt i) for i = min(|mean| >> 2, 4095). */
const COMPAND_MEAN = Uint8Array.from({ length: 4096 }, (_, i) => roundedRoot(i));

/** Largest index of the two tables below. */
const LARGEST = 8191;

// biome-ignore format: bounds
/** Level of an expected magnitude e = (i + 1/2) / 512: 3.5 (log2(e + 0.01) + 6.2), rounded down, 0 to 31. */
export const LEVEL_BOUNDS = [
  3, 5, 7, 10, 14, 18, 23, 29, 36, 45, 56, 70, 86, 106, 131, 160, 197, 241, 295, 361, 441, 538, 657, 802, 979, 1195, 1457, 1778, 2168, 2644, 3224,
];
const LEVEL = levels(LEVEL_BOUNDS, LARGEST + 1);

// biome-ignore format: bounds
/** Level of an expected magnitude of a coefficient that is not zero: 11 log2 e, rounded down, 0 to 31. */
export const NONZERO_BOUNDS = [
  545, 581, 619, 659, 702, 747, 796, 848, 903, 961, 1024, 1091, 1162, 1237, 1318, 1403, 1495, 1592, 1695, 1805, 1923, 2048, 2181, 2323, 2474, 2635, 2806, 2989, 3183, 3390, 3611,
];
const LEVEL_NONZERO = levels(NONZERO_BOUNDS, LARGEST + 1);

// biome-ignore format: a table
/** 384 / (e^2 + 0.3), rounded, by the level of the expected magnitude e: how much a signed mean is worth, see signLevel. */
const RELIABILITY = [
  1280, 1280, 1279, 1279, 1278, 1276, 1273, 1269, 1263, 1254, 1240, 1219, 1189, 1146, 1088, 1010, 913, 799, 672, 544, 424, 319, 233, 166, 116, 81, 55, 38, 26, 17, 12, 8,
];

/** Level 0 to 10 of what a signed mean (in 1/1024 of a step) says of the sign where the expected magnitude has this level. */
export function signLevel(mean: number, level: number): number {
  const r = Math.floor((Math.abs(mean) * RELIABILITY[level]! + 32_768) / 65_536);
  return r < 10 ? r : 10;
}

/** Companded magnitude of a signed mean. */
export function meanMagnitude(mean: number): number {
  const i = Math.floor(Math.abs(mean) / 4);
  return COMPAND_MEAN[i < 4095 ? i : 4095]!;
}

/** Level 0 to 31 of a weighted sum of features, for the flags. */
export function levelOf(sum: number): number {
  const e = sum >> 5;
  return LEVEL[e < 0 ? 0 : e > LARGEST ? LARGEST : e]!;
}

/** Level 0 to 31 of a weighted sum of features, for the magnitudes. */
export function levelOfNonzero(sum: number): number {
  const e = sum >> 5;
  return LEVEL_NONZERO[e < 0 ? 0 : e > LARGEST ? LARGEST : e]!;
}
