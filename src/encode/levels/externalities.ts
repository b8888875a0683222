import { levelOf } from '../../planes/companding.js';
import { ALIVE_FEATURES, type PlaneContext, planeContext } from '../../planes/contexts.js';
import { ACTIVITY_KEPT, type Factor, MAGNITUDE_MASK, rowsOf } from '../../planes/factor.js';
import type { Notes } from '../../planes/notes.js';
import { BANDS8, ORDER8 } from '../../planes/order.js';
import { CHANNEL_BANDS } from '../../planes/schedule.js';
import { aliveContext } from '../../planes/states.js';
import { NORMS } from '../../planes/weights.js';
import type { ChannelLevels } from '../../planes/write-factors.js';
import { classOf } from '../../runs/runs.js';
import { ALIVE_WEIGHTS } from '../../tables/tables.js';
import type { CostMeter } from './costs.js';
import { LEVELS, pricesOf, TABULATED } from './prices.js';

/** Share of the gradient that is taken: all of it overshoots, since neighbours change too. 0.3 to 1 were tried. */
const SHARE = 0.6;

/** What a unit of companded magnitude adds to the bits of other coefficients, that of plane k at position i at k * places + i, as in a Factor. */
export interface Externals extends Pick<Factor, 'places' | 'positions'> {
  gradient: Float32Array;
}

/**
 * What a unit of companded magnitude in each coefficient adds to the bits of those whose contexts look at it, by channel: the gradient of the bits of the
 * last pass, from the slope of each price over the levels of its expectation, carried back through the weights of the features. Features of the
 * signed mean, and alive flags of other channels, are left out. They are put into `gradients`; `sums` are room for the work.
 */
export function externalities(
  factors: Factor[],
  roles: number[],
  levels: ChannelLevels[],
  notes: Notes[],
  meter: CostMeter,
  rank: number,
  gradients: Float32Array[],
  sums: Sums,
): Externals[] {
  for (const gradient of gradients) gradient.fill(0);
  // A channel is done before those that it looks at, so that all they owe to it is there.
  for (let c = factors.length - 1; c >= 0; c--)
    addChannel(factors, gradients, sums, c, roles[c]!, levels[c]!, notes[c]!, meter, rank);
  return factors.map(({ positions, places }, c) => ({ gradient: gradients[c]!, places, positions }));
}

/** Gradients of the sums of magnitudes east and south, and all around, at k * places + i, and of activity, at i. */
export interface Sums {
  eastSouth: Float32Array;
  around: Float32Array;
  activity: Float32Array;
}

/** Adds what the coefficients of channel c owe to those around, plane after plane from the last: activity flows from plane to plane. */
function addChannel(
  factors: Factor[],
  gradients: Float32Array[],
  sums: Sums,
  c: number,
  role: number,
  { levels, lastBand }: ChannelLevels,
  { coefficients, alive }: Notes,
  meter: CostMeter,
  rank: number,
): void {
  const own = factors[c]!;
  const { places, stride, positions } = own;
  const { zero, sizes } = pricesOf(meter, role ? 1 : 0);
  const channel: Priced = {
    levels,
    lastBand,
    coefficients,
    zeroSlopes: zero.map(of => slopes(of, 2, LEVEL_MIDDLES)),
    sizeSlopes: slopes(sizes, TABULATED + 1, NONZERO_MIDDLES),
  };
  const g = gradients[c]!;
  const luma = role > 0 ? gradients[c - role] : undefined;
  const { eastSouth, around, activity } = sums;
  eastSouth.fill(0);
  around.fill(0);
  activity.fill(0);
  const debts: Debts = { ...sums, g, luma };
  for (let band = CHANNEL_BANDS; band > 0; band--) {
    for (let n = Math.min(rank, BANDS8[band]!) - 1; n >= BANDS8[band - 1]!; n--)
      addPlane(planeContext(factors, c, role, ORDER8[n]!), channel, debts, band);
    const flags = Float32Array.from({ length: 2 * LEVELS }, (_, i) =>
      meter.cost(aliveContext(role, band, i >> 1), i & 1),
    );
    const aliveSlopes = slopes(flags, 2, LEVEL_MIDDLES);
    const [here, beside] = ALIVE_WEIGHTS.slice((band - 1) * ALIVE_FEATURES) as [number, number];
    const first = ORDER8[BANDS8[band - 1]!]!;
    const rows = rowsOf(own, first);
    for (let b = 0; b < positions.length; b++) {
      if (lastBand[b]! < band - 1) continue;
      const i = positions[b]!;
      const s =
        aliveSlopes[alive[b * 8 + band]! * 2 + (lastBand[b]! < band ? 0 : 1)]! *
        NORMS[own.columnWeights[first]! + rows[i]!]!;
      activity[i]! += s * here;
      activity[i + 1]! += s * beside;
      activity[i + stride]! += s * beside;
    }
  }
  for (let at = places; at < g.length - stride; at++)
    g[at]! +=
      eastSouth[at - 1]! +
      eastSouth[at - stride]! +
      around[at - 1]! +
      around[at + 1]! +
      around[at - stride]! +
      around[at + stride]!;
}

/** What one channel's coefficients are, and the slopes of their prices, those of "not zero" by class of block (see classOf). */
interface Priced {
  levels: Int32Array;
  lastBand: Uint8Array;
  /** Notes of the coefficients. */
  coefficients: Uint32Array;
  zeroSlopes: Float32Array[];
  sizeSlopes: Float32Array;
}

/** Where its debts go: gradients of its own magnitudes and sums of them, of its activity, and of the first channel's magnitudes. */
interface Debts extends Sums {
  g: Float32Array;
  luma: Float32Array | undefined;
}

/** Passes on the activity that flows through one plane, and adds what its coefficients owe. A function of its own, since the engine compiles what is called often. */
function addPlane(
  { own, k, left, up, upLeft, left2, up2, diagonal, expectation, gain, marks }: PlaneContext,
  { levels, lastBand, coefficients, zeroSlopes, sizeSlopes }: Priced,
  { g, activity, luma, eastSouth, around }: Debts,
  band: number,
): void {
  const { magnitudes, places, stride, positions } = own;
  const rows = rowsOf(own, k);
  const column = own.columnWeights[k]!;
  const w = Float64Array.from(expectation);
  for (let i = 0, at = k * places; i < places; i++, at++) {
    g[at]! += activity[i]!;
    activity[i]! *= ACTIVITY_KEPT / 256;
  }
  for (let b = 0; b < positions.length; b++) {
    if (lastBand[b]! < band) continue;
    const i = positions[b]!;
    const level = Math.abs(levels[b * 64 + k]!);
    const note = coefficients[k * positions.length + b]!;
    const size = level && sizeSlopes[((note >> 5) & 31) * (TABULATED + 1) + Math.min(level, TABULATED)]!;
    const norm = NORMS[column + rows[i]!]!;
    const s = (zeroSlopes[classOf(marks[i]!)]![(note & 31) * 2 + (level ? 1 : 0)]! + size) * norm;
    const here = k * places + i;
    const north = here - stride;
    g[here - 1]! += s * w[0]!;
    g[north]! += s * w[1]!;
    g[north - 1]! += s * w[2]!;
    g[north + 1]! += s * w[3]!;
    const far = s * w[4]!;
    g[here - 2]! += far;
    g[north - stride]! += far;
    g[i + left]! += s * w[5]!;
    g[i + up]! += s * w[6]!;
    const larger = (magnitudes[i + left]! & MAGNITUDE_MASK) > (magnitudes[i + up]! & MAGNITUDE_MASK);
    g[i + (larger ? left : up)]! += s * w[18]!;
    g[i + upLeft]! += s * w[7]!;
    const second = s * w[8]!;
    g[i + left2]! += second;
    g[i + up2]! += second;
    g[i + diagonal]! += s * w[9]!;
    const before = s * w[11]!;
    const after = s * w[10]! - before;
    eastSouth[i + left]! += after;
    eastSouth[i + up]! += after;
    around[i + left]! += before;
    around[i + up]! += before;
    const corner = s * w[12]!;
    around[i + upLeft]! += corner;
    eastSouth[i + diagonal]! += corner;
    activity[i]! += s * w[13]! + size * norm * gain;
    const beside = s * w[14]!;
    activity[i - 1]! += beside;
    activity[i - stride]! += beside;
    if (luma) luma[here]! += s * w[15]!;
  }
}

/** The middle of each level, see levelOf, as a weighted sum of features; of the last, a fifth above where it begins. */
function middles(bits: number): number[] {
  const levels = Uint8Array.from({ length: 8192 }, (_, i) => levelOf(32 * i, bits));
  return Array.from({ length: LEVELS }, (_, level) => {
    const begin = levels.indexOf(level);
    return 16 * (begin + (level < LEVELS - 1 ? levels.indexOf(level + 1) : 1.4 * begin));
  });
}
const LEVEL_MIDDLES = middles(2);
const NONZERO_MIDDLES = middles(3);

/** How each price changes with the sum of features, the SHARE of it that is taken, by central differences: [level * width + column] as in `prices`. */
function slopes(prices: Float32Array, width: number, middle: number[]): Float32Array {
  return prices.map((_, at) => {
    const level = Math.floor(at / width);
    const below = Math.max(0, level - 1);
    const above = Math.min(LEVELS - 1, level + 1);
    const column = at - level * width;
    const rise = prices[above * width + column]! - prices[below * width + column]!;
    return (SHARE * rise) / (middle[above]! - middle[below]!);
  });
}
