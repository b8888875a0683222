/** Word indices into a coder's state (State in kernels/bits.ts). Indices of doubles are half of these. */
export const CODER = {
  low: 0,
  meter: 2,
  lambda: 4,
  rates: 6,
  prices: 7,
  range: 8,
  word: 9,
  next: 10,
  end: 11,
  soft: 12,
  first: 13,
  carry: 14,
} as const;

/**
 * Word indices at the start of a visit (Visit and Flags in kernels/planes.ts): the number of blocks, the next one, and, for flags, how many
 * go on.
 */
export const VISIT = { count: 1, next: 2, kept: 3 } as const;
