import type { Factor } from './factor.js';
import { EXPECT, MAGNITUDE, MEAN, ALIVE } from './tables.js';

/** Features of the expectation of a coefficient's magnitude; see codec-spec.md, "Expectation". */
export const FEATURES = 23;
/** Taps of the signed mean. */
const MEAN_TAPS = 16;
/** Planes on diagonals up to this one have a signed mean. */
export const MEAN_DIAGONALS = 3;

/** Everything about plane k of channel c that does not change from block to block. */
export interface PlaneContext {
  own: Factor;
  /** The factor of the luma channel, and of the first chroma channel, where this channel may look at them. */
  luma: Factor | undefined;
  chroma: Factor | undefined;
  k: number;
  /** Planes of lower frequency: (u, v-1), (u-1, v), (u-1, v-1), (u, v-2), (u-2, v), and the next one on the diagonal; 0 where missing. */
  lower: number[];
  /** 0 luma, 1 chroma, 2 and 3 the same for plane 0's level. */
  type: number;
  expect: Int32Array;
  magnitude: Int32Array;
  mean: Int32Array | undefined;
}

/** The context of plane k; `role` is 0 for luma and other channels on their own, 1 and 2 for the two chroma channels. */
export function planeContext(factors: Factor[], channel: number, role: number, k: number): PlaneContext {
  const own = factors[channel]!;
  const n = own.block;
  const u = Math.floor(k / n);
  const v = k % n;
  const thumb = n === 4 ? 1 : 0;
  const near = u > v ? k - n + 1 : k + n - 1;
  const type = (role ? 1 : 0) + 2 * thumb;
  const row = (type * 24 + weightClass(thumb, u + v, u)) * FEATURES;
  return {
    own,
    luma: role > 0 ? factors[channel - role] : undefined,
    chroma: role === 2 ? factors[channel - 1] : undefined,
    k,
    lower: [v ? k - 1 : 0, u ? k - n : 0, u && v ? k - n - 1 : 0, v > 1 ? k - 2 : 0, u > 1 ? k - 2 * n : 0, u === v ? 0 : near],
    type,
    expect: Int32Array.from(EXPECT.slice(row, row + FEATURES)),
    magnitude: Int32Array.from(MAGNITUDE.slice(row, row + FEATURES)),
    mean: u + v <= MEAN_DIAGONALS ? meanWeights(thumb, role, u * 8 + v) : undefined,
  };
}

/** Planes of one row of weights: each its own up to diagonal 5, then diagonals 6 to 8, then the rest. */
function weightClass(thumb: number, d: number, u: number): number {
  if (d <= 5) return (d * (d + 1)) / 2 + u - 1;
  return thumb ? 20 : d <= 8 ? 21 : 22;
}

function meanWeights(thumb: number, role: number, k: number): Int32Array {
  const weights = new Int32Array(MEAN_TAPS);
  for (const [t, c, plane, ...row] of MEAN as number[][])
    if (t === thumb && c === role && plane === k) weights.set(row);
  return weights;
}

/** The signed mean of the coefficient at position i, in 1/1024 of a step. */
export function meanOf({ own, luma, chroma, k, mean }: PlaneContext, i: number): number {
  const w = mean!;
  const { values: q, size, stride, block } = own;
  const b = i * size;
  const n = b - stride * size;
  let sum = w[0]! * q[b - size + k]! + w[1]! * q[n + k]! + w[2]! * q[n - size + k]! + w[3]! * q[n + size + k]!;
  if (block === 8) {
    const c = q[b]!;
    const s = b + stride * size;
    sum +=
      w[4]! * (q[b - size]! - c) + w[5]! * (q[b + size]! - c) + w[6]! * (q[n]! - c) + w[7]! * (q[s]! - c) +
      w[8]! * (q[n - size]! - c) + w[9]! * (q[n + size]! - c) + w[10]! * (q[s - size]! - c) + w[11]! * (q[s + size]! - c);
  }
  const u = Math.floor(k / block);
  const v = k % block;
  if (v > 1 && k > 2) sum += w[12]! * q[b + k - 2]!;
  if (u > 1 && k > 2 * block) sum += w[13]! * q[b + k - 2 * block]!;
  if (luma) sum += w[14]! * luma.values[b + k]!;
  if (chroma) sum += w[15]! * chroma.values[b + k]!;
  return sum;
}

/** Gathers the features of the coefficient at position i into f. */
export function gather(f: Int32Array, { own, luma, chroma, k, lower }: PlaneContext, i: number, meanMagnitude: number): void {
  const { magnitudes: m, activity: a, size, stride } = own;
  const b = i * size;
  const e = b + size;
  const w = b - size;
  const n = b - stride * size;
  const s = b + stride * size;
  const [l1, l2, l3, l4, l5, d1] = lower as [number, number, number, number, number, number];
  f[0] = m[w + k]!;
  f[1] = m[n + k]!;
  f[2] = m[n - size + k]!;
  f[3] = m[n + size + k]!;
  f[4] = m[w - size + k]! + m[n - stride * size + k]!;
  f[5] = m[b + l1]!;
  f[6] = m[b + l2]!;
  f[7] = m[b + l3]!;
  f[8] = m[b + l4]! + m[b + l5]!;
  f[9] = m[b + d1]!;
  f[10] = m[e + l1]! + m[s + l1]! + m[e + l2]! + m[s + l2]!;
  f[11] = m[w + l1]! + m[n + l1]! + m[w + l2]! + m[n + l2]!;
  f[12] = m[e + l3]! + m[s + l3]! + m[w + l3]! + m[n + l3]! + m[e + d1]! + m[s + d1]!;
  f[13] = a[i]!;
  f[14] = a[i - 1]! + a[i - stride]!;
  f[15] = a[i + 1]! + a[i + stride]!;
  f[16] = a[i - stride - 1]! + a[i - stride + 1]! + a[i + stride - 1]! + a[i + stride + 1]!;
  f[17] = f[18] = f[19] = f[20] = 0;
  if (luma) {
    const y = luma.magnitudes;
    f[17] = y[b + k]!;
    f[18] = y[w + k]! + y[e + k]! + y[n + k]! + y[s + k]!;
  }
  if (chroma) {
    const y = chroma.magnitudes;
    f[19] = y[b + k]!;
    f[20] = y[w + k]! + y[e + k]! + y[n + k]! + y[s + k]!;
  }
  f[21] = meanMagnitude;
  f[22] = 16;
}

/** Sum of weights times features. */
export function dot(weights: Int32Array, f: Int32Array): number {
  let sum = 0;
  for (let j = 0; j < FEATURES; j++) sum += weights[j]! * f[j]!;
  return sum;
}

/** Expected magnitude of the rest of the row at position i for the alive flag of a band; roles as in planeContext. */
export function aliveExpectation(factors: Factor[], channel: number, role: number, band: number, next: Uint8Array, i: number): number {
  const { activity: a, alive, stride: s } = factors[channel]!;
  const w = ALIVE as number[];
  const o = (role * 7 + band) * 16;
  let sum =
    w[o]! * a[i]! + w[o + 1]! * (a[i - 1]! + a[i - s]!) + w[o + 2]! * (a[i + 1]! + a[i + s]!) +
    w[o + 3]! * (a[i - s - 1]! + a[i - s + 1]! + a[i + s - 1]! + a[i + s + 1]!) +
    16 * (w[o + 4]! * (next[i - 1]! + next[i - s]!) + w[o + 5]! * (next[i - s - 1]! + next[i - s + 1]!) +
      w[o + 6]! * (alive[i + 1]! + alive[i + s]!) + w[o + 7]! * (alive[i + s - 1]! + alive[i + s + 1]!) + w[o + 12]!);
  if (role > 0) {
    const luma = factors[channel - role]!;
    sum += w[o + 8]! * 16 * luma.alive[i]! + w[o + 9]! * luma.activity[i]!;
  }
  if (role === 2) {
    const chroma = factors[channel - 1]!;
    sum += w[o + 10]! * 16 * chroma.alive[i]! + w[o + 11]! * chroma.activity[i]!;
  }
  return sum;
}
