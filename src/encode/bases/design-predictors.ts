import type { Predictor, Predictors, Term } from '../../factors/predictor.js';
import { meanOf, planeContext } from '../../planes/contexts.js';
import type { Factor } from '../../planes/factor.js';
import type { Factors } from '../../planes/factors.js';
import { BANDS8, ORDER8 } from '../../planes/order.js';
import { roleOf } from '../../planes/schedule.js';
import { planeStates } from '../../planes/states.js';
import { writeFactors } from '../../planes/write-factors.js';
import type { Analysis } from '../analyse.js';
import { chooseLevels } from '../levels/choose-levels.js';
import { CostMeter } from '../levels/costs.js';
import { ordered } from '../levels/quantise-picture.js';
import { pursue } from './pursue.js';

/** The fit looks at this many blocks at most. */
const SAMPLE = 2048;
/** Most terms of a predictor, and bits of each. */
const MOST = 12;
const TERM_BITS = 17;
/** Squared steps of a coefficient that no prediction removes: quantisation and noise. */
const FLOOR = 0.1;
/** With fewer values than this there is nothing to learn. */
const FEWEST = 20;

/** Offset of a lag, in positions to the right and down. */
const lagOf = (lag: number): [x: number, y: number] => [(lag & 3) - 2, (lag >> 2) - 2];
/** The lag with no offset. */
const HERE = 10;

/** The values of one plane at one lag, of the sampled blocks. */
interface Feature extends Pick<Term, 'back' | 'plane' | 'lag'> {
  column: Float64Array;
  energy: number;
}

/**
 * Designs a prediction of each plane for the quantiser step `code`, by least squares on the values that a decoder has before it. Terms are
 * added while each saves more bits than it costs; a smaller error saves log2 of its root for each nonzero value. `analysis` must have no
 * predictors yet. `tell` is called with the share that is done.
 */
export function designPredictors(
  analysis: Analysis,
  code: number,
  rank: number,
  tell: (done: number) => void = () => {},
): Predictors[] {
  const options = { rank, passes: 1 };
  const chosen = chooseLevels(analysis, code, options);
  const { raster, bases, weights } = analysis;
  const lastBands = chosen.levels.channels.map(({ lastBand }) => lastBand);
  const { steps } = ordered(raster.channels, lastBands, chosen, analysis.tiles !== undefined, options);
  const meter = new CostMeter(planeStates());
  const factors = writeFactors(meter, { ...raster, step: code, weights }, steps, chosen.levels, bases);
  const factor = factors.channels[0]!;
  const blocks = factor.cols * factor.rows;
  const sample = Int32Array.from({ length: Math.min(SAMPLE, blocks) }, (_, n) =>
    Math.floor((n * blocks) / Math.min(SAMPLE, blocks)),
  );
  const features = factors.channels.map(factor => featuresOf(factor, sample));
  return factors.channels.map((_, channel) =>
    channelPredictors(factors, channel, features, chosen.channels[channel]!, sample, done =>
      tell((channel + done) / factors.channels.length),
    ),
  );
}

/** Features by plane and lag, without those that are zero everywhere. */
function featuresOf({ values, positions, stride, places, size }: Factor, sample: Int32Array): Feature[] {
  const features: Feature[] = [];
  for (let plane = 0; plane < size; plane++)
    for (let lag = 0; lag < 16; lag++) {
      const [dx, dy] = lagOf(lag);
      const offset = plane * places + dy * stride + dx;
      const column = Float64Array.from(sample, b => values[positions[b]! + offset]! / 2);
      const energy = column.reduce((sum, v) => sum + v * v, 0);
      if (energy > 0) features.push({ back: 0, plane, lag, column, energy });
    }
  return features;
}

/** The index of each plane in the order of planes, and the band it belongs to. */
const PLACE = Uint8Array.from({ length: 64 }, (_, k) => ORDER8.indexOf(k));
const BAND = PLACE.map(m => BANDS8.findIndex(end => end > m));

/** Does a decoder have this value when it predicts plane k? */
const known = ({ back, plane, lag }: Feature, k: number): boolean =>
  back ? BAND[plane]! <= BAND[k]! : plane === k ? isBefore(lag) : PLACE[plane]! < PLACE[k]!;

const isBefore = (lag: number): boolean => {
  const [dx, dy] = lagOf(lag);
  return dy < 0 || (dy === 0 && dx < 0);
};

function channelPredictors(
  factors: Factors,
  channel: number,
  features: Feature[][],
  coefficients: Float32Array,
  sample: Int32Array,
  tell: (done: number) => void,
): Predictors {
  const factor = factors.channels[channel]!;
  const role = roleOf(channel, factors.channels.length);
  // Other channels count at the position itself; the same plane also around it.
  const others = Array.from({ length: role }, (_, n) =>
    features[channel - n - 1]!.map(feature => ({ ...feature, back: factors.channels.length - n - 1 })),
  ).flat();
  const all = [...features[channel]!, ...others];
  const predictors: Predictors = [];
  for (const [n, k] of ORDER8.subarray(1).entries()) {
    tell(n / 63);
    const x = Float64Array.from(sample, b => coefficients[b * 64 + k]!);
    const context = planeContext(factors.channels, channel, role, k);
    const usable = all.filter(
      feature => known(feature, k) && (!feature.back || feature.lag === HERE || feature.plane === k),
    );
    const values = sample.reduce(
      (sum, b) => sum + (factor.values[k * factor.places + factor.positions[b]!] ? 1 : 0),
      0,
    );
    if (values * (factor.cols * factor.rows) < FEWEST * sample.length) continue;
    const tables = context.mean
      ? distance(x, i => meanOf(context, factor.positions[sample[i]!]!) / 1024)
      : Infinity;
    const predictor = planePredictor(x, usable, (values * factor.cols * factor.rows) / sample.length, tables);
    if (predictor) predictors[k] = predictor;
  }
  return predictors;
}

const distance = (x: Float64Array, mean: (i: number) => number): number =>
  x.reduce((sum, value, i) => sum + (value - mean(i)) ** 2, 0);

/**
 * The predictor of a plane with this many nonzero values, if it saves more bits than its terms take. `tables` is the squared error of the
 * prediction by the tables.
 */
function planePredictor(
  x: Float64Array,
  features: Feature[],
  values: number,
  tables: number,
): Predictor | undefined {
  const floor = FLOOR * x.length;
  const saved = (before: number, after: number): number =>
    (values * Math.log2((before + floor) / (after + floor))) / 2;
  const { picked, coefficients, error } = pursue(
    x,
    features.map(({ column }) => column),
    features.map(({ energy }) => energy),
    MOST,
    (before, after) => saved(before, after) > TERM_BITS,
  );
  const energy = distance(x, () => 0);
  if (!picked.length || saved(Math.min(tables, energy), error) < TERM_BITS * picked.length) return undefined;
  return {
    trust: Math.min(63, Math.round(64 * (1 - Math.sqrt((error + floor / 2) / (energy + floor / 2))))),
    terms: picked.map((j, n) => {
      const { back, plane, lag } = features[j]!;
      const weight = Math.max(-32, Math.min(31, Math.round(32 * coefficients[n]!)));
      return { back, plane, lag, weight };
    }),
  };
}
