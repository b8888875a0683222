import { BANK, CHROMA_GROUPS, LATENTS, LUMA_GROUPS, TAPS } from './bank.js';

/** Turns of a filter: as it is, rows for columns, mirrored. */
export const TURNS = 3;

/** Bits of a latent, stored plus 32. */
export const LATENT_BITS = 6;
/** Largest |latent| that an encoder uses, in quarters, and largest |delta|, in 1/64. */
export const LARGEST_LATENT = 31;
export const LARGEST_DELTA = 63;

/**
 * Priors of the contexts of the side information, P(1) in 1 / 256: has a group deltas (0); is a wide (1), a narrow tap's delta (2) other than zero; does
 * its size go on (3).
 */
export const PRIORS = [193, 149, 179, 193];

/** What a file says of one channel's filter. */
export interface ChannelFilter {
  /** LATENTS integers in quarters, for the first channel; empty for zeros, and for the others. */
  latents: number[];
  /** By group: TAPS integers in 1/64 to be added, or undefined for none; empty for none at all. */
  deltas: (number[] | undefined)[];
}

/** Groups of a channel: the first has more. */
export const groupsOf = (channel: number): number => (channel ? CHROMA_GROUPS : LUMA_GROUPS);

/**
 * The pairs of neighbours are (1, 0), (0, 1), (1, 1), (-1, 1), (2, 0), (0, 2) as (x, y), with their opposites. A turned filter is the same with
 * its pairs changed about: a tap takes the coefficient of this one. Turn 1 changes the straight pairs, turn 2 the diagonal ones.
 */
export const turnTap = (turn: number, tap: number): number =>
  turn && ((tap >> 1) % 3 === 1) === (turn === 2) ? tap ^ 1 : tap;

/** Coefficients of a channel's filters in 1/256: [(group * TURNS + turn) * TAPS + tap]. */
export const coefficientsOf = (channel: number, { latents, deltas }: ChannelFilter): Int32Array =>
  new Int32Array(groupsOf(channel) * TURNS * TAPS).map((_, i) => {
    const tap = turnTap(Math.floor(i / TAPS) % TURNS, i % TAPS);
    const group = Math.floor(i / TAPS / TURNS);
    const at = (group + (channel && (LATENTS + 1) * LUMA_GROUPS)) * TAPS + tap;
    return latents.reduce(
      (sum, z, k) => sum + z * BANK[at + (k + 1) * LUMA_GROUPS * TAPS]!,
      4 * (BANK[at]! + (deltas[group]?.[tap] ?? 0)),
    );
  });
