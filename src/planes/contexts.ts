import type { Predictor } from '../factors/predictor.js';
import type { Factor } from './factor.js';
import { type Prediction, predictionOf } from './prediction.js';
import { ALIVE_WEIGHTS, EXPECTATION_WEIGHTS, MAGNITUDE_WEIGHTS, MEAN_WEIGHTS } from './tables.js';

// Products by Math.imul keep the engine on integers where a weight is negative.
const { imul } = Math;

/** Features of the expected magnitude of a coefficient; codec-spec.md, "Expectation". */
export const FEATURES = 27;
/** Features of the signed mean; codec-spec.md, "Signed mean". */
export const MEAN_FEATURES = 20;
/** Features of the expectation of an alive flag. */
export const ALIVE_FEATURES = 13;
/** Planes on diagonals up to this one have a signed mean in every channel, later ones only from other channels. */
export const MEAN_DIAGONALS = 4;
/** Rows of weights of one type of plane. */
export const WEIGHT_ROWS = 24;

/** Everything about plane k of a channel that does not change from block to block. */
export interface PlaneContext {
  own: Factor;
  /** The factor of the luma channel, and of the first chroma channel, where this channel may look at them. */
  luma: Factor | undefined;
  chroma: Factor | undefined;
  /** 0 for luma and channels on their own, 1 and 2 for the chroma channels. */
  role: number;
  k: number;
  u: number;
  v: number;
  /** 0 luma, 1 chroma, 2 and 3 the same for plane 0's level. */
  type: number;
  /** Planes (u, v-1), (u-1, v), (u-1, v-1), (u, v-2), (u-2, v); the next on the diagonal towards its middle; (v, u) where u > v. 0 where missing. */
  left: number;
  up: number;
  upLeft: number;
  left2: number;
  up2: number;
  diagonal: number;
  transposed: number;
  expectation: Int32Array;
  magnitude: Int32Array;
  /** Weights of the signed mean; undefined where the plane has none. */
  mean: Int32Array | undefined;
  /** The picture's own prediction, in place of these weights. */
  prediction: Prediction | undefined;
}

/** The context of plane k; roles as in `roleOf`. `predictor` is the picture's own. */
export function planeContext(
  factors: Factor[],
  channel: number,
  role: number,
  k: number,
  predictor?: Predictor,
): PlaneContext {
  const own = factors[channel]!;
  const n = own.block;
  const u = Math.floor(k / n);
  const v = k % n;
  const thumb = n === 4 ? 1 : 0;
  const type = (role ? 1 : 0) + 2 * thumb;
  const row = (type * WEIGHT_ROWS + weightRow(thumb, u, v)) * FEATURES;
  const meanRow =
    ((thumb * 3 + role) * 64 + (u + v <= MEAN_DIAGONALS ? u * 8 + v : u + v <= 6 ? 62 : 63)) * MEAN_FEATURES;
  return {
    own,
    role,
    k,
    u,
    v,
    type,
    prediction: predictor && predictionOf(factors, channel, predictor),
    luma: role > 0 ? factors[channel - role] : undefined,
    chroma: role === 2 ? factors[channel - 1] : undefined,
    left: v ? k - 1 : 0,
    up: u ? k - n : 0,
    upLeft: u && v ? k - n - 1 : 0,
    left2: v > 1 ? k - 2 : 0,
    up2: u > 1 ? k - 2 * n : 0,
    diagonal: u > v ? k - n + 1 : u < v ? k + n - 1 : 0,
    transposed: u > v ? v * n + u : 0,
    expectation: EXPECTATION_WEIGHTS.subarray(row, row + FEATURES),
    magnitude: MAGNITUDE_WEIGHTS.subarray(row, row + FEATURES),
    mean:
      u + v <= MEAN_DIAGONALS || role ? MEAN_WEIGHTS.subarray(meanRow, meanRow + MEAN_FEATURES) : undefined,
  };
}

/** Planes up to diagonal 5 (of plane 0's level: all) have rows of their own, then diagonals 6 to 8 share one, and the rest. */
function weightRow(thumb: number, u: number, v: number): number {
  const d = u + v;
  if (d <= 5) return (d * (d + 1)) / 2 + u - 1;
  return thumb ? 20 : d <= 8 ? 21 : 22;
}

/** The signed mean of the coefficient at position i, in 1/1024 of a step. The context must have mean weights. */
export function meanOf(context: PlaneContext, i: number): number {
  const { own, luma, chroma, k, role, mean } = context;
  const w = mean!;
  let sum = context.u + context.v <= MEAN_DIAGONALS ? ownMean(context, w, i) : 0;
  if (luma) {
    const y = luma.values[i * own.size + k]!;
    if (y) sum += w[13]! * y + w[16]! * projected(own, own.lumaSquares!, own.lumaProducts!, i, y);
    if (role === 2) {
      const z = chroma!.values[i * own.size + k]!;
      if (z) sum += w[14]! * projected(own, own.chromaSquares!, own.chromaProducts!, i, z);
    }
  }
  return sum;
}

/** What the channel's own values around say of the coefficient: w[0..12], w[15], w[17..19]. */
function ownMean(context: PlaneContext, w: Int32Array, i: number): number {
  const { own, k, u, v, left, up, left2, up2, upLeft, diagonal } = context;
  const { values: q, size, block } = own;
  const down = own.stride * size;
  const b = i * size;
  const p = b + k;
  let sum =
    imul(w[0]!, q[p - size]!) +
    imul(w[1]!, q[p - down]!) +
    imul(w[2]!, q[p - down - size]!) +
    imul(w[3]!, q[p - down + size]!);
  const nw = q[b - down - size]!;
  const ne = q[b - down + size]!;
  const sw = q[b + down - size]!;
  const se = q[b + down + size]!;
  if (v & 1 && !(u & 1)) sum += imul(w[4]!, q[b + size]! - q[b - size]!) + imul(w[5]!, ne + se - nw - sw);
  else if (u & 1 && !(v & 1))
    sum += imul(w[4]!, q[b + down]! - q[b - down]!) + imul(w[5]!, sw + se - nw - ne);
  else if (u & 1) sum += imul(w[4]!, se + nw - ne - sw);
  else {
    const c = q[b]!;
    sum +=
      imul(w[4]!, q[b + size]! + q[b - size]! - 2 * c) +
      imul(w[5]!, q[b + down]! + q[b - down]! - 2 * c) +
      imul(w[6]!, se + nw + ne + sw - 4 * c);
  }
  if (left) sum += imul(w[7]!, q[b + size + left]! - q[b - size + left]!);
  if (up) sum += imul(w[8]!, q[b + down + up]! - q[b - down + up]!);
  if (left2) {
    const l = b + left2;
    sum +=
      imul(w[9]!, q[l]!) +
      imul(w[11]!, q[l - size]! + q[l + size]!) +
      imul(w[17]!, q[l - down]! + q[l + down]!);
  }
  if (up2) {
    const l = b + up2;
    sum +=
      imul(w[10]!, q[l]!) +
      imul(w[12]!, q[l - down]! + q[l + down]!) +
      imul(w[18]!, q[l - size]! + q[l + size]!);
  }
  if (diagonal) sum += imul(w[15]!, oriented(q[b + 1]!, q[b + block]!, q[b + diagonal]!));
  if (upLeft) {
    const l = b + upLeft;
    sum += imul(
      w[19]!,
      q[l + down + size]! + q[l - down - size]! - q[l - down + size]! - q[l + down - size]!,
    );
  }
  return sum;
}

/** The value d turned by the double angle of the gradient (horizontal, vertical): 2 h v d / (h^2 + v^2 + 2), towards zero. */
function oriented(horizontal: number, vertical: number, d: number): number {
  return Math.trunc((2 * horizontal * vertical * d) / (horizontal * horizontal + vertical * vertical + 2));
}

/** `y` times the slope of the regression of this channel on another around position i: round(y Sxy / (Sxx + 8)). */
function projected(
  { stride }: Factor,
  squares: Float64Array,
  products: Float64Array,
  i: number,
  y: number,
): number {
  const xx =
    2 * squares[i]! + squares[i - 1]! + squares[i + 1]! + squares[i - stride]! + squares[i + stride]!;
  const xy =
    2 * products[i]! + products[i - 1]! + products[i + 1]! + products[i - stride]! + products[i + stride]!;
  return Math.floor((xy * y) / (xx + 8) + 0.5);
}

/** Expected magnitude of the rest of the row at position i, for the alive flag of a band; `next` holds the flags of this band so far. */
export function aliveExpectation(
  factors: Factor[],
  channel: number,
  role: number,
  band: number,
  next: Uint8Array,
  i: number,
): number {
  const { activity: a, alive, stride: s } = factors[channel]!;
  const w = ALIVE_WEIGHTS;
  const o = (role * 7 + band) * ALIVE_FEATURES;
  let sum =
    imul(w[o]!, a[i]!) +
    imul(w[o + 1]!, a[i - 1]! + a[i - s]!) +
    imul(w[o + 2]!, a[i + 1]! + a[i + s]!) +
    imul(w[o + 3]!, a[i - s - 1]! + a[i - s + 1]! + a[i + s - 1]! + a[i + s + 1]!) +
    16 *
      (imul(w[o + 4]!, next[i - 1]! + next[i - s]!) +
        imul(w[o + 5]!, next[i - s - 1]! + next[i - s + 1]!) +
        imul(w[o + 6]!, alive[i + 1]! + alive[i + s]!) +
        imul(w[o + 7]!, alive[i + s - 1]! + alive[i + s + 1]!) +
        w[o + 12]!);
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
