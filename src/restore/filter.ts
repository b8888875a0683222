import { MEAN_FILTERS } from '../tables/tables.js';
import { GROUPS, TAPS } from './bank.js';

/** Turns of a filter: as it is, transposed, mirrored. */
export const TURNS = 3;

/**
 * The stored filter of one channel. First channel: by group TAPS deltas in 1/64, added to the mean filters. Others: empty, for the filter
 * `smooth`.
 */
export type ChannelFilter = number[];

/**
 * The pairs of neighbours are (1, 0), (0, 1), (1, 1), (-1, 1), (2, 0), (0, 2) as (x, y), with their opposites. A turned filter exchanges
 * pairs: gives the tap whose coefficient a tap takes. Turn 1 exchanges the straight pairs, turn 2 the diagonal ones.
 */
export const turnTap = (turn: number, tap: number): number =>
  turn && ((tap >> 1) % 3 === 1) === (turn === 2) ? tap ^ 1 : tap;

/**
 * Coefficients of the first channel's filters in 1/256: [(group * TURNS + turn) * TAPS + tap]. Where errors are weighted for the eye, only
 * three quarters of a filter are used: what is nearest by squared error is too smooth for the eye.
 */
export const coefficientsOf = (deltas: ChannelFilter, weighted = false): Int32Array =>
  new Int32Array(GROUPS * TURNS * TAPS).map((_, i) => {
    const turn = Math.floor(i / TAPS) % TURNS;
    const at = Math.floor(i / TAPS / TURNS) * TAPS + turnTap(turn, i % TAPS);
    return (weighted ? 3 : 4) * (MEAN_FILTERS[at]! + deltas[at]!);
  });
