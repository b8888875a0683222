import type { Factor } from './factor.js';

/** By channel and block 1 where more than plane 0 is coded, else 0. */
export const codedBlocks = (factors: readonly Factor[]): Uint8Array[] =>
  factors.map(({ ends }) => ends.map(end => (end > 1 ? 1 : 0)));
