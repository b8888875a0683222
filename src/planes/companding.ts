/**
 * Scales on which equal steps of magnitudes and expectations matter equally. Square roots of integers, rounded, and products in a fixed order are the same
 * in every engine.
 */

/** The square root of an integer below 2^30, rounded: it is never so near to a half that the sum would round. */
const root = (n: number): number => (Math.sqrt(n) + 0.5) | 0;

/** Companded magnitude of a value in half steps of D. */
export const compand = (value: number): number => Math.min(255, root(Math.floor(128 * Math.abs(value))));

/** Companded magnitude of a signed mean. */
export const meanMagnitude = (mean: number): number => root(Math.min(4095, Math.floor(Math.abs(mean) / 4)));

/** Sums of weighted features, which are expected magnitudes, are in 1/16,384 of a step. */
const UNIT = 16_384;

/** Level 0 to 10 of what a signed mean (in 1/1024 of a step) says of the sign where the expected magnitude e is `sum`: 6 times the mean / (e^2 + 0.3), rounded. */
export function signLevel(mean: number, sum: number): number {
  const e = sum / UNIT;
  return Math.min(10, Math.floor((Math.abs(mean) * 0.005859375) / (e * e + 0.3) + 0.5));
}

/**
 * Level 0 to 31 of an expected magnitude: 2^bits levels a doubling of it, by straight lines between powers of two. With 2 bits, for flags, from 1/64 of a step
 * on; with 3, for magnitudes of what is not zero, from a quarter on.
 */
export function levelOf(sum: number, bits = 2): number {
  const x = (sum > 0 ? sum >> 5 : 0) + 5;
  const octave = 31 - Math.clz32(x);
  const level = (octave << bits) + (x >> (octave - bits)) - (1 << (2 * bits));
  return level < 0 ? 0 : level > 31 ? 31 : level;
}
