import { LATENT_FILTERS, MEAN_FILTERS } from '../tables/tables.js';
import { GROUPS, LATENTS, TAPS } from './bank.js';

/** Turns of a filter: as it is, rows for columns, mirrored. */
export const TURNS = 3;

/** Bits of a latent, stored plus 32. */
export const LATENT_BITS = 6;
/** Largest |delta|, in 1/64. */
export const LARGEST_DELTA = 63;

/**
 * Probabilities of 1 in the side information, in 1 / 32,768: has a group deltas; is a delta other than zero; does its size go on. They do not
 * adapt.
 */
export const HAS_DELTAS = 26_368;
export const NOT_ZERO = 19_584;
export const GOES_ON = 23_424;

/** Filters of a channel: one a group in the first; in the others one for blocks with plane 0 alone and one for the rest. */
export const groupsOf = (channel: number): number => (channel ? 2 : GROUPS);

/**
 * What a file says of one channel's filter. Of the first channel: LATENTS latents, -32 to 31 quarters, then by group TAPS deltas in 1/64 to be
 * added. Of the others: by group TAPS coefficients in 1/64; or nothing, for the filter `smooth`.
 */
export type ChannelFilter = number[];

/**
 * The pairs of neighbours are (1, 0), (0, 1), (1, 1), (-1, 1), (2, 0), (0, 2) as (x, y), with their opposites. A turned filter is the same with
 * its pairs changed about: a tap takes the coefficient of this one. Turn 1 changes the straight pairs, turn 2 the diagonal ones.
 */
export const turnTap = (turn: number, tap: number): number =>
  turn && ((tap >> 1) % 3 === 1) === (turn === 2) ? tap ^ 1 : tap;

/** Coefficients of a channel's filters in 1/256: [(group * TURNS + turn) * TAPS + tap]. */
export const coefficientsOf = (channel: number, filter: ChannelFilter): Int32Array =>
  new Int32Array(groupsOf(channel) * TURNS * TAPS).map((_, i) => {
    const turn = Math.floor(i / TAPS) % TURNS;
    const at = Math.floor(i / TAPS / TURNS) * TAPS + turnTap(turn, i % TAPS);
    if (channel) return 4 * filter[at]!;
    let sum = 4 * (MEAN_FILTERS[at]! + filter[LATENTS + at]!);
    for (let k = 0; k < LATENTS; k++) sum += filter[k]! * LATENT_FILTERS[at + k * GROUPS * TAPS]!;
    return sum;
  });
