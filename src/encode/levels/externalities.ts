import { levelOf } from '../../planes/companding.js';
import { ALIVE_FEATURES, planeContext } from '../../planes/contexts.js';
import { type Factor, rowsOf } from '../../planes/factor.js';
import type { Notes } from '../../planes/notes.js';
import { BANDS8, ORDER8 } from '../../planes/order.js';
import { CHANNEL_BANDS } from '../../planes/schedule.js';
import { aliveContext } from '../../planes/states.js';
import { NORMS } from '../../planes/weights.js';
import type { ChannelLevels } from '../../planes/write-factors.js';
import { ALIVE_WEIGHTS } from '../../tables/tables.js';
import type { CostMeter } from './costs.js';
import type { Debts, Externals, Priced, Sums } from './debts.js';
import { addPlane, addSums } from './kernels.js';
import { LEVELS, pricesOf, TABULATED } from './prices.js';

/** Share of the gradient that is used: all of it overshoots, since neighbours change too. 0.3 to 1 were tried. */
const SHARE = 0.6;

/** A pass that has been written: its meter, and by channel the factors, roles, levels and notes. */
export interface Pass {
  factors: Factor[];
  roles: number[];
  levels: ChannelLevels[];
  notes: Notes[];
  meter: CostMeter;
  /** Columns kept. */
  rank: number;
}

/**
 * By channel, what a unit of companded magnitude in each coefficient adds to the bits of those whose contexts look at it. This is the
 * gradient of the bits of the last pass: the slope of each price over the levels of its expectation, carried back through the weights of
 * the features. Features of the signed mean, and alive flags of other channels, are left out. Results are written into `gradients`; `sums`
 * are scratch space.
 */
export function externalities(pass: Pass, gradients: Float32Array[], sums: Sums): Externals[] {
  for (const gradient of gradients) gradient.fill(0);
  // A channel is done before those that it looks at, so that all debts to them are known.
  for (let c = pass.factors.length - 1; c >= 0; c--) addChannel(pass, c, gradients, sums);
  return pass.factors.map(({ positions, places }, c) => ({ gradient: gradients[c]!, places, positions }));
}

/**
 * Adds what the coefficients of channel c owe to those around them, from the last plane to the first, since activity flows from plane to
 * plane.
 */
function addChannel(
  { factors, roles, levels: all, notes, meter, rank }: Pass,
  c: number,
  gradients: Float32Array[],
  sums: Sums,
): void {
  const factor = factors[c]!;
  const role = roles[c]!;
  const { levels, lastBand } = all[c]!;
  const { coefficients, alive } = notes[c]!;
  const { places, stride, positions } = factor;
  const { zero, sizes } = pricesOf(meter, role ? 1 : 0);
  const channel: Priced = {
    levels,
    lastBand,
    coefficients,
    zeroSlopes: zero.map(prices => slopes(prices, 2, LEVEL_MIDDLES)),
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
    const rows = rowsOf(factor, first);
    for (let b = 0; b < positions.length; b++) {
      if (lastBand[b]! < band - 1) continue;
      const i = positions[b]!;
      const s =
        aliveSlopes[alive[b * 8 + band]! * 2 + (lastBand[b]! < band ? 0 : 1)]! *
        NORMS[factor.columnWeights[first]! + rows[i]!]!;
      activity[i]! += s * here;
      activity[i + 1]! += s * beside;
      activity[i + stride]! += s * beside;
    }
  }
  addSums(g, sums, places, stride);
}

/** The middle of each level (see levelOf) as a weighted sum of features; for the last level, a fifth above its beginning. */
function middles(bits: number): number[] {
  const levels = Uint8Array.from({ length: 8192 }, (_, i) => levelOf(32 * i, bits));
  return Array.from({ length: LEVELS }, (_, level) => {
    const begin = levels.indexOf(level);
    return 16 * (begin + (level < LEVELS - 1 ? levels.indexOf(level + 1) : 1.4 * begin));
  });
}
const LEVEL_MIDDLES = middles(2);
const NONZERO_MIDDLES = middles(3);

/** How each price changes with the sum of features, times SHARE, by central differences: [level * width + column] as in `prices`. */
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
