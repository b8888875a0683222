/** Seeded noise from integer hashes, using only + - x / and floor, so that every engine draws the same picture. All functions are pure. */

/** A hash of two integers and a seed, 0 <= result < 1 (24 bits). */
export function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 8) / 16_777_216;
}

/** Numbers from 0 to 1 (1 excluded), the same for the same seed. */
export function randomiser(seed: number): () => number {
  let n = 0;
  return () => hash(n++, 0x51ed, seed);
}

export const clamp = (x: number, lo = 0, hi = 1): number => Math.min(Math.max(x, lo), hi);

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

/** 0 below `a`, 1 above `b`, a cubic in between. */
export function smooth(a: number, b: number, x: number): number {
  const t = clamp((x - a) / (b - a));
  return t * t * (3 - 2 * t);
}

/** Value noise, 0 to 1: hashed lattice, quintic interpolation. */
export function noise(x: number, y: number, seed: number): number {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - i, y - j];
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
  const top = mix(hash(i, j, seed), hash(i + 1, j, seed), u);
  const bottom = mix(hash(i, j + 1, seed), hash(i + 1, j + 1, seed), u);
  return mix(top, bottom, v);
}

/** Octaves of value noise, each turned by a 3-4-5 angle, twice as fine and half as strong; 0 to 1. */
export function fractal(x: number, y: number, octaves: number, seed: number): number {
  let [sum, weight, total] = [0, 1, 0];
  for (let o = 0; o < octaves; o++) {
    sum += weight * noise(x, y, seed + o);
    total += weight;
    weight *= 0.5;
    [x, y] = [1.6 * x + 1.2 * y + 17.3, 1.6 * y - 1.2 * x + 5.1];
  }
  return sum / total;
}

/** Sharp crests: octaves of (1 - |2 noise - 1|)^2, each weighted by the one before; 0 to 1. */
export function ridges(x: number, y: number, octaves: number, seed: number): number {
  let [sum, weight, total, carry] = [0, 1, 0, 1];
  for (let o = 0; o < octaves; o++) {
    const n = 2 * noise(x, y, seed + o) - 1;
    const crest = (1 - (n < 0 ? -n : n)) * (1 - (n < 0 ? -n : n));
    sum += weight * crest * carry;
    total += weight;
    carry = clamp(1.6 * crest);
    weight *= 0.5;
    [x, y] = [1.6 * x + 1.2 * y + 3.7, 1.6 * y - 1.2 * x + 11.9];
  }
  return sum / total;
}
