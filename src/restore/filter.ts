import { MEAN_FILTERS } from '../tables/tables.js';
import { GROUPS, TAPS } from './bank.js';

/** Turns of a filter: as it is, rows for columns, mirrored. */
export const TURNS = 3;

/**
 * What a file says of one channel's filter. Of the first channel: by group TAPS deltas in 1/64, to be added to the mean filters. Of the others:
 * nothing, it is the filter `smooth`.
 */
export type ChannelFilter = number[];

/**
 * The pairs of neighbours are (1, 0), (0, 1), (1, 1), (-1, 1), (2, 0), (0, 2) as (x, y), with their opposites. A turned filter is the same with
 * its pairs changed about: a tap takes the coefficient of this one. Turn 1 changes the straight pairs, turn 2 the diagonal ones.
 */
export const turnTap = (turn: number, tap: number): number =>
  turn && ((tap >> 1) % 3 === 1) === (turn === 2) ? tap ^ 1 : tap;

/**
 * Coefficients of the first channel's filters in 1/256: [(group * TURNS + turn) * TAPS + tap]. Where errors are weighed by the eye only three quarters of a filter
 * are taken: what is nearest to the original by squared error is too smooth for it.
 */
export const coefficientsOf = (deltas: ChannelFilter, weighted = false): Int32Array =>
  new Int32Array(GROUPS * TURNS * TAPS).map((_, i) => {
    const turn = Math.floor(i / TAPS) % TURNS;
    const at = Math.floor(i / TAPS / TURNS) * TAPS + turnTap(turn, i % TAPS);
    return (weighted ? 3 : 4) * (MEAN_FILTERS[at]! + deltas[at]!);
  });
