/** Words of a coder's state, as State of kernels/bits.ts has it; doubles of it are half of these. */
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

/** Words of a visit, as Visit and Flags of kernels/planes.ts begin: how many blocks there are, which is the next, and of flags how many go on. */
export const VISIT = { count: 1, next: 2, kept: 3 } as const;
