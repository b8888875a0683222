import { compand } from '../../planes/companding.js';
import { type Factor, stepAt } from '../../planes/factor.js';
import { type Notes, UNNOTED } from '../../planes/notes.js';
import { BANDS8, ORDER8 } from '../../planes/order.js';
import type { Levels } from '../../planes/write.js';
import type { ChannelLevels } from '../../planes/write-factors.js';
import { classOf, directionOf } from '../../runs/runs.js';
import type { CostMeter } from './costs.js';
import type { Externals } from './debts.js';
import { type FineSteps, ratioOf } from './fine-steps.js';
import { TABULATED } from './prices.js';
import { aliveCosts, type Scales, scalesOf } from './scales.js';

/**
 * The worth of a bit in squared steps: lambda / D^2 in J = squared error + lambda bits. 0.05 to 0.1 were tried: bench/rate-distortion.md.
 */
export const LAMBDA = 0.08;
/** The same for a picture without weights, where only squared error counts. */
const PLAIN_LAMBDA = 0.088;

/**
 * The worth of a bit in squared steps at a quantiser step D, times `price`. For the eye it grows with D^0.3 from D = 20 on: what coarse
 * steps leave out is missed less than its squared error says.
 */
export const lambdaAt = (step: number, visual: boolean, price = 1): number =>
  price * (visual ? LAMBDA * Math.max(1, step / 20) ** 0.3 : PLAIN_LAMBDA);

/**
 * How much a squared error of luma counts by band, where there are weights: losses in the lowest bands are seen from furthest away. The
 * first number, of plane 0, is not used: its level is chosen elsewhere.
 */
export const LUMA_ERRORS = [1, 4, 2.5, 1.5, 1.2, 1.2, 1.1] as const;

/** First levels, before any costs are known: rounded with a dead zone of 0.6. */
export function firstLevels(
  coefficients: Float32Array,
  levels: Levels = new Int32Array(coefficients.length),
): Levels {
  for (let i = 0; i < levels.length; i++) {
    const x = coefficients[i]!;
    levels[i] = x >= 0.6 || x <= -0.6 ? clampLevel(x < 0 ? -Math.floor(0.4 - x) : Math.floor(x + 0.4)) : 0;
  }
  return levels;
}

/** Largest level an encoder may write: the sums of the signed mean then stay within 32 bits. */
export const LARGEST_LEVEL = 2 ** 18 - 1;

const clampLevel = (q: number): number => Math.max(-LARGEST_LEVEL, Math.min(LARGEST_LEVEL, q));

/** By block, the last band with a nonzero level. */
export function lastBands(levels: Levels, blocks: number): Uint8Array {
  const last = new Uint8Array(blocks);
  for (let b = 0, row = 0; b < blocks; b++, row += 64) {
    let n = 63;
    while (n && !levels[row + ORDER8[n]!]) n--;
    last[b] = BAND_OF[n]!;
  }
  return last;
}

/** Sets the first levels of a channel and the last band of each block. */
export function startChannel(u: Float32Array, { levels, lastBand }: ChannelLevels): void {
  firstLevels(u, levels);
  lastBand.set(lastBands(levels, lastBand.length));
}

/** The band of each place in the order of planes; 0 for plane 0. */
export const BAND_OF = Uint8Array.from({ length: 64 }, (_, n) => BANDS8.findIndex(end => n < end));

/** The cost of the last best level: a second result of `bestLevel`, without an object for each coefficient. */
const lastCost = new Float64Array(1);

/**
 * The best level for coefficient x, in its own steps of `step` times D, under a note in a block of class `run`. `external` is what a unit
 * of companded magnitude costs elsewhere, `worth` how much a squared error counts.
 */
function bestLevel(
  { meter, lambda, zero: zeros, sizes }: Scales,
  x: number,
  note: number,
  run = 0,
  external = 0,
  step = 1,
  worth = 1,
): number {
  const zero = zeros[run]!;
  const size = Math.abs(x);
  const q = Math.floor(size + 0.5);
  const z = (note & 31) * 2;
  let best = worth * x * x + zero[z]!;
  let pick = 0;
  if (q) {
    const sign = note >> 11 ? meter.cost(note >> 11, (x < 0 ? 1 : 0) ^ ((note >> 10) & 1)) : 1;
    const base = zero[z + 1]! + lambda * sign;
    const row = ((note >> 5) & 31) * (TABULATED + 1);
    for (let m = q > 2 ? q - 1 : 1; m <= q; m++) {
      const d = size - m;
      const bits =
        m <= TABULATED ? sizes[row + m]! : sizes[row + TABULATED]! + lambda * 2 * Math.log2(m / TABULATED);
      const cost = worth * d * d + base + bits + external * compand(2 * m * step);
      if (cost < best) {
        best = cost;
        pick = m;
      }
    }
  }
  lastCost[0] = best;
  return clampLevel(x < 0 ? -pick : pick);
}

/** What a coefficient costs beside its own bits and error. */
export interface Circumstances {
  /** The cost of a unit of companded magnitude elsewhere, see externalities. */
  externals?: Externals;
  /** The factor of the channel as the last pass wrote it, for its steps and runs. */
  own?: Factor;
  /** Given where the steps from band 3 on depend on levels of luma; `ratios` are computed with luma. */
  fine?: FineSteps | undefined;
  /** By band, how much a squared error counts. Default 1 each. */
  errors?: readonly number[] | undefined;
}

/** Which direction of runs takes each plane. */
export const DIRECTIONS = Uint8Array.from({ length: 64 }, (_, k) => directionOf(k >> 3, k & 7));

/**
 * Chooses the levels of one channel anew, in place, block by block, so that squared error + lambda x bits are least. Bits follow from the
 * contexts that the last pass noted and their present probabilities. Where a block's row ends is part of the choice, but never later than
 * in the last pass. `coefficients` are in steps.
 */
export function optimiseChannel(
  { levels, lastBand }: ChannelLevels,
  coefficients: Float32Array,
  notes: Notes,
  meter: CostMeter,
  role: number,
  rank: number,
  lambda: number,
  { externals, own, fine, errors }: Circumstances = {},
): void {
  const scales = scalesOf(meter, role ? 1 : 0, lambda);
  const alive = aliveCosts(meter, role, rank, lambda);
  const blocks = lastBand.length;
  for (let b = 0; b < blocks; b++) {
    let total = 0;
    let best = alive[64 + 2 * notes.alive[b * 8 + 1]!]!;
    let end = 0;
    let ratio = 1;
    for (let band = 1; band <= lastBand[b]!; band++) {
      total += alive[64 * band + 2 * notes.alive[b * 8 + band]! + 1]!;
      if (fine && band === 3) ratio = role ? fine.ratios[b]! : ratioOf(fine, b);
      const worth = errors ? errors[band]! : 1;
      let used = false;
      for (let n = BANDS8[band - 1]!; n < BANDS8[band]! && n < rank; n++) {
        const k = ORDER8[n]!;
        const at = b * 64 + k;
        const x = coefficients[at]! * ratio;
        const note = notes.coefficients[k * blocks + b]!;
        const run = own ? classOf(own.runs[DIRECTIONS[k]!]![own.positions[b]!]!) : 0;
        if (note >= UNNOTED || (x < 0.5 && x > -0.5)) {
          levels[at] = 0;
          total += scales.zero[run]![(note & 31) * 2]!;
          continue;
        }
        const external = externals
          ? lambda * externals.gradient[k * externals.places + externals.positions[b]!]!
          : 0;
        const step = own ? stepAt(own, own.positions[b]!, k) / ratio : 1;
        const level = bestLevel(scales, x, note, run, external, step, worth);
        levels[at] = level;
        if (level) used = true;
        total += lastCost[0]! - worth * x * x;
      }
      const ended = total + alive[64 * (band + 1) + 2 * notes.alive[b * 8 + band + 1]!]!;
      if (ended < best && used) {
        best = ended;
        end = band;
      }
    }
    for (let n = BANDS8[end]!; n < 64; n++) levels[b * 64 + ORDER8[n]!] = 0;
    lastBand[b] = end;
    if (fine && !role) fine.ratios[b] = ratioOf(fine, b);
  }
}

/** Chooses new levels for plane 0's level; its own plane 0 is only rounded. `coefficients` are in steps. */
export function optimiseThumb(
  coefficients: Float32Array,
  notes: Notes,
  meter: CostMeter,
  role: number,
  lambda: number,
): Int32Array {
  const scales = scalesOf(meter, role ? 3 : 2, lambda);
  const levels = new Int32Array(coefficients.length);
  const blocks = levels.length / 16;
  for (let i = 0; i < levels.length; i++) {
    const x = coefficients[i]!;
    const note = notes.coefficients[(i % 16) * blocks + (i >> 4)]!;
    levels[i] = i % 16 === 0 ? clampLevel(Math.round(x)) : note < UNNOTED ? bestLevel(scales, x, note) : 0;
  }
  return levels;
}
