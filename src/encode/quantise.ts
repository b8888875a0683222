import { compand } from '../planes/companding.js';
import { BANDS8, ORDER8 } from '../planes/order.js';
import { CHANNEL_BANDS } from '../planes/schedule.js';
import { aliveContext } from '../planes/states.js';
import type { Levels, Notes } from '../planes/write.js';
import type { ChannelLevels } from '../planes/write-factors.js';
import type { CostMeter } from './costs.js';
import { type Prices, pricesOf, TABULATED } from './prices.js';
import type { Weights } from './weights.js';

/** Squared steps that a bit is worth: lambda / D^2 in J = squared error + lambda bits. 0.05 to 0.1 were tried: bench/rate-distortion.md. */
export const LAMBDA = 0.07;

/** First levels, before any costs are known: rounded with a dead zone of 0.6. */
export function firstLevels(coefficients: Float32Array): Int32Array {
  const levels = new Int32Array(coefficients.length);
  for (let i = 0; i < levels.length; i++) {
    const x = coefficients[i]!;
    levels[i] = clampLevel(x < 0 ? -Math.floor(0.4 - x) : Math.floor(x + 0.4));
  }
  return levels;
}

/** What an encoder may write: the sums of the signed mean stay within 32 bits. */
export const LARGEST_LEVEL = 2 ** 18 - 1;

const clampLevel = (q: number): number => Math.max(-LARGEST_LEVEL, Math.min(LARGEST_LEVEL, q));

/** The last band of each block with a level that is not zero. */
export function lastBands(levels: Levels, blocks: number): Uint8Array {
  const last = new Uint8Array(blocks);
  for (let b = 0; b < blocks; b++)
    for (let band = CHANNEL_BANDS; band > 0 && !last[b]; band--)
      for (let n = BANDS8[band - 1]!; n < BANDS8[band]!; n++) if (levels[b * 64 + ORDER8[n]!]) last[b] = band;
  return last;
}
/** What choices cost: prices in squared steps, that is, times lambda. */
interface Scales extends Prices {
  meter: CostMeter;
  lambda: number;
}

function scalesOf(meter: CostMeter, type: number, lambda: number): Scales {
  const { zero, sizes } = pricesOf(meter, type);
  return { meter, lambda, zero: zero.map(c => c * lambda), sizes: sizes.map(c => c * lambda) };
}

/**
 * The best level for coefficient x (in steps) under a note, and its cost in `lastCost`; `external` is what a unit of companded magnitude costs
 * elsewhere, `weight` what the squared error counts.
 */
let lastCost = 0;
function bestLevel(
  { meter, lambda, zero, sizes }: Scales,
  x: number,
  note: number,
  external = 0,
  weight = 1,
): number {
  const size = Math.abs(x);
  const q = Math.floor(size + 0.5);
  const z = (note & 31) * 2;
  let best = size * size * weight + zero[z]!;
  let pick = 0;
  if (q) {
    const sign = note >> 11 ? meter.cost(note >> 11, (x < 0 ? 1 : 0) ^ ((note >> 10) & 1)) : 1;
    const base = zero[z + 1]! + lambda * sign;
    const row = ((note >> 5) & 31) * (TABULATED + 1);
    for (let m = q > 2 ? q - 1 : 1; m <= q; m++) {
      const d = size - m;
      const bits =
        m <= TABULATED ? sizes[row + m]! : sizes[row + TABULATED]! + lambda * 2 * Math.log2(m / TABULATED);
      const cost = d * d * weight + base + bits + external * compand(2 * m);
      if (cost < best) {
        best = cost;
        pick = m;
      }
    }
  }
  lastCost = best;
  return clampLevel(x < 0 ? -pick : pick);
}

/**
 * New levels for one channel, block by block, that minimise squared error + lambda x bits, the bits taken from the contexts that the last pass
 * noted and their present probabilities; where the block's row ends is part of the choice, never after the end of the last pass.
 * `coefficients` are in steps; `externals`, where given, what they cost elsewhere (see externalities), `weights` what errors count.
 */
export function optimiseChannel(
  coefficients: Float32Array,
  notes: Notes,
  meter: CostMeter,
  role: number,
  rank: number,
  lambda: number,
  was: Uint8Array,
  externals?: Float32Array,
  weights?: Weights,
): ChannelLevels {
  const blocks = was.length;
  const levels = new Int32Array(blocks * 64);
  const lastBand = new Uint8Array(blocks);
  const scales = scalesOf(meter, role ? 1 : 0, lambda);
  const alive = (b: number, band: number, bit: number): number =>
    band > CHANNEL_BANDS || BANDS8[band - 1]! >= rank
      ? 0
      : lambda * meter.cost(aliveContext(role, band, notes.alive[b * 8 + band]!), bit);
  for (let b = 0; b < blocks; b++) {
    let total = 0;
    let best = alive(b, 1, 0);
    let end = 0;
    for (let band = 1; band <= was[b]!; band++) {
      total += alive(b, band, 1);
      for (let n = BANDS8[band - 1]!; n < BANDS8[band]! && n < rank; n++) {
        const at = b * 64 + ORDER8[n]!;
        const x = coefficients[at]!;
        const weight = weights ? weights.blocks[b]! * weights.planes[ORDER8[n]!]! : 1;
        const external = externals ? lambda * externals[at]! : 0;
        levels[at] = bestLevel(scales, x, notes.coefficients[at]!, external, weight);
        total += lastCost - weight * x * x;
      }
      const ended = total + alive(b, band + 1, 0);
      if (ended < best) {
        best = ended;
        end = band;
      }
    }
    for (let n = BANDS8[end]!; n < 64; n++) levels[b * 64 + ORDER8[n]!] = 0;
    while (end > 0 && !bandUsed(levels, b, end)) end--;
    lastBand[b] = end;
  }
  return { levels, lastBand };
}

/** New levels for plane 0's level; its plane 0 is rounded. `coefficients` are in steps. */
export function optimiseThumb(
  coefficients: Float32Array,
  notes: Notes,
  meter: CostMeter,
  role: number,
  lambda: number,
): Int32Array {
  const scales = scalesOf(meter, role ? 3 : 2, lambda);
  const levels = new Int32Array(coefficients.length);
  for (let i = 0; i < levels.length; i++) {
    const x = coefficients[i]!;
    levels[i] = i % 16 === 0 ? clampLevel(Math.round(x)) : bestLevel(scales, x, notes.coefficients[i]!);
  }
  return levels;
}

function bandUsed(levels: Levels, b: number, band: number): boolean {
  for (let n = BANDS8[band - 1]!; n < BANDS8[band]!; n++) if (levels[b * 64 + ORDER8[n]!]) return true;
  return false;
}
