import { ORDER8 } from '../../planes/order.js';
import type { Cells } from '../../tiles/cells.js';
import type { Tiles } from '../../tiles/model.js';
import type { Analysis } from '../analyse.js';
import { LAMBDA } from '../levels/quantise.js';
import { approximate } from './approximate.js';
import type { TileSource } from './tile-source.js';

/** Bits of a nonzero coefficient, including what its neighbours' zeros cost, and extra bits for each factor of two. */
const BITS = 4.2;
const BITS_AN_OCTAVE = 0.8;

/** Rounds of choosing: the cost of a cell depends on which others are exact. */
const ROUNDS = 2;
/** Bits that a border between an exact cell and another adds to the transform. */
const BORDER_BITS = 100;
const SWEEPS = 8;
/** Starting points: the radius within which gains are summed. The last one starts with every cell exact. */
const REACHES = [0, 2, 6];
/** Bits that an exact cell always saves the transform: plane 0, and the end of the block. */
const FREE_BITS = 1;
/** A picture has tiles where they remove at least this share of all error and bits. */
const PROMISE = 0.02;

/** Exact cells, and the estimated share of all error and bits that they remove. */
export interface ChosenTiles {
  tiles: Tiles;
  share: number;
}

/** The last choice for each picture, by its channels: more than one caller asks. */
const last = new WeakMap<Analysis['channels'], { step: number; rank: number; chosen?: ChosenTiles }>();

/**
 * The exact cells of a picture at a quantiser step: those with less squared error + lambda bits than the transform. Undefined where none
 * are worth it.
 */
export function chooseTiles(analysis: Analysis, step: number, rank: number): ChosenTiles | undefined {
  const { source, channels } = analysis;
  if (!source) return undefined;
  const known = last.get(channels);
  if (known?.step === step && known.rank === rank) return known.chosen;
  const chosen = choose(analysis, source, step, rank);
  last.set(channels, { step, rank, ...(chosen && { chosen }) });
  return chosen;
}

function choose(analysis: Analysis, source: TileSource, step: number, rank: number): ChosenTiles | undefined {
  const lambda = LAMBDA * step * step;
  let exact = source.candidates.exact;
  const hope = hopeOf(transformCosts(analysis, step, rank, exact), exact, source.bits, step);
  // Photographs end here: what repeats in them, such as a white sky, costs the transform little.
  if (costsMore(analysis, step, rank, hope / PROMISE)) return undefined;
  const costs = transformCosts(analysis, step, rank);
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const least = PROMISE * sum(costs);
  if (hope < least) return undefined;
  let made = approximate(source, exact, lambda);
  for (let round = 0; ; round++) {
    const { tiles, bits, errors } = made;
    const gains = costs.map((cost, b) =>
      exact[b] ? cost + lambda * (FREE_BITS - bits[b]!) - errors[b]! : 0,
    );
    if (round === ROUNDS) return sum(gains) > least ? { tiles, share: sum(gains) / sum(costs) } : undefined;
    const next = worthwhile({ ...source.candidates, exact }, gains, lambda * BORDER_BITS);
    if (sum(gains.map((gain, b) => (next[b] ? gain : 0))) < least) return undefined;
    if (next.some((is, b) => is !== exact[b])) made = approximate(source, next, lambda);
    exact = next;
  }
}

/** An upper bound on what the cells worth trying, `exact`, can save of the cost of the transform. */
function hopeOf(costs: Float64Array, exact: Uint8Array, bits: Uint16Array, step: number): number {
  const lambda = LAMBDA * step * step;
  return costs.reduce((sum, cost, b) => sum + (exact[b] ? Math.max(0, cost - lambda * bits[b]!) : 0), 0);
}

/** For a piece of a picture: how much the exact cells could save beyond what they must for them to be tried. */
export function promiseOf(
  channels: Float32Array[],
  { candidates: { exact }, bits }: Pick<TileSource, 'bits'> & { candidates: Pick<Cells, 'exact'> },
  step: number,
  rank: number,
): number {
  const costs = transformCosts({ channels }, step, rank);
  return hopeOf(costs, exact, bits, step) - PROMISE * costs.reduce((sum, cost) => sum + cost, 0);
}

/**
 * Chooses which of the given cells are best exact. Each border between an exact cell and another costs `border`: the transform is cut off
 * there, and the block behind an exact cell is not free. From each of several starting points the cells in turn take the better side until
 * none changes (J. Besag's iterated conditional modes); the least sum wins.
 */
function worthwhile(candidates: Cells, gains: Float64Array, border: number): Uint8Array {
  let best = candidates.exact;
  let most = -Infinity;
  for (const reach of [...REACHES, Infinity]) {
    const exact = settle(candidates, gains, border, reach);
    let sum = 0;
    for (let b = 0; b < exact.length; b++)
      if (exact[b]) sum += gains[b]! - border * sidesOf(candidates, exact, b, 0);
    if (sum > most) [best, most] = [exact, sum];
  }
  return best;
}

/** One such choice. It starts with the cells around which the gains within `reach` sum to more than 0. */
function settle(candidates: Cells, gains: Float64Array, border: number, reach: number): Uint8Array {
  const exact = candidates.exact.map((is, b) =>
    is && (reach === Infinity || sumAround(candidates, gains, b, reach) > 0) ? 1 : 0,
  );
  for (let sweep = 0, moved = true; moved && sweep < SWEEPS; sweep++) {
    moved = false;
    for (let b = 0; b < exact.length; b++) {
      if (!candidates.exact[b]) continue;
      const sides = sidesOf(candidates, exact, b, 1) - sidesOf(candidates, exact, b, 0);
      const is = gains[b]! + border * sides > 0 ? 1 : 0;
      if (is !== exact[b]) moved = true;
      exact[b] = is;
    }
  }
  return exact;
}

/** How many of the four neighbours of a cell have the value `is`. */
function sidesOf({ cols }: Cells, exact: Uint8Array, b: number, is: number): number {
  let count = 0;
  if (b % cols > 0 && exact[b - 1] === is) count++;
  if ((b + 1) % cols > 0 && exact[b + 1] === is) count++;
  if (exact[b - cols] === is) count++;
  if (exact[b + cols] === is) count++;
  return count;
}

/** Sum of the gains within `reach` cells across and down. */
function sumAround({ cols, rows }: Cells, gains: Float64Array, b: number, reach: number): number {
  const [x, y] = [b % cols, Math.floor(b / cols)];
  let sum = 0;
  for (let j = Math.max(0, y - reach); j <= Math.min(rows - 1, y + reach); j++)
    for (let i = Math.max(0, x - reach); i <= Math.min(cols - 1, x + reach); i++) sum += gains[j * cols + i]!;
  return sum;
}

/** Squared error + lambda bits of a coefficient of one step. */
const ONE = 1 / 12 + LAMBDA * BITS;

/** Which planes are kept. */
function keptIn(rank: number): Uint8Array {
  const kept = new Uint8Array(64);
  for (let n = 0; n < Math.min(rank, 64); n++) kept[ORDER8[n]!] = 1;
  return kept;
}

/**
 * By block: estimated squared error + lambda bits of the transform, without contexts, in squared units of 1 / 255. If `wanted` is given,
 * only for blocks where it is not 0.
 */
function transformCosts(
  { channels }: Pick<Analysis, 'channels'>,
  step: number,
  rank: number,
  wanted?: Uint8Array,
): Float64Array {
  const costs = new Float64Array(channels[0]!.length / 64);
  const inverse = 1 / step;
  const kept = keptIn(rank);
  for (const u of channels)
    for (let b = 0; b < costs.length; b++) {
      if (wanted && !wanted[b]) continue;
      let cost = 0;
      for (let k = 1; k < 64; k++) {
        const x = Math.abs(u[b * 64 + k]! * inverse);
        const square = x * x;
        if (square < ONE || !kept[k]) cost += square;
        else cost += x > 1 ? 1 / 12 + LAMBDA * (BITS + BITS_AN_OCTAVE * Math.log2(x)) : ONE;
      }
      costs[b]! += cost * step * step;
    }
  return costs;
}

/**
 * Is the sum of these costs certainly more than `than`? Every coefficient counts as taking the bits of one step, and counting stops as soon
 * as the answer is known.
 */
function costsMore(
  { channels }: Pick<Analysis, 'channels'>,
  step: number,
  rank: number,
  than: number,
): boolean {
  const kept = keptIn(rank);
  const most = Float64Array.from(kept, is => (is ? ONE * step * step : Infinity));
  let cost = 0;
  for (const u of channels)
    for (let at = 0; at < u.length; ) {
      at++;
      for (let k = 1; k < 64; k++, at++) cost += Math.min(u[at]! * u[at]!, most[k]!);
      if (cost > than) return true;
    }
  return false;
}
