import { root } from './root.js';

/**
 * Scales on which equal steps of magnitudes and expectations matter equally. All are functions of integers, so that no rounding affects
 * them.
 */

/** Companded magnitude of a value in half steps of D, a multiple of 1/4096. */
export const compand = (value: number): number => Math.min(255, root(Math.floor(128 * Math.abs(value))));

/** Companded magnitude of a signed mean. */
export const meanMagnitude = (mean: number): number => root(Math.min(4095, Math.floor(Math.abs(mean) / 4)));

/**
 * Level 0 to 10 of what a signed mean, in 1/1024 of a step, says about the sign, where the expected magnitude e is `sum` / 16,384: 6 times
 * the mean in steps / (e^2 + 0.3), rounded.
 */
export function signLevel(mean: number, sum: number): number {
  const e = Math.min(Math.abs(sum), 2 ** 20) >> 6;
  const below = e * e + 19_661;
  return Math.min(10, Math.floor((768 * Math.abs(mean) + below) / (2 * below)));
}

/**
 * Level 0 to 31 of an expected magnitude: 2^bits levels for each doubling, linear between powers of two. With 2 bits, for flags, levels
 * begin at 1/64 of a step; with 3, for magnitudes of nonzero values, at a quarter.
 */
export function levelOf(sum: number, bits = 2): number {
  const x = (sum > 0 ? sum >> 5 : 0) + 5;
  const octave = 31 - Math.clz32(x);
  const level = (octave << bits) + (x >> (octave - bits)) - (1 << (2 * bits));
  return level < 0 ? 0 : level > 31 ? 31 : level;
}
