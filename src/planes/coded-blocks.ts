import type { Factor } from './factor.js';

/** By channel and block: 1 where more than plane 0 is coded, in the block itself or in a run that it belongs to, else 0. */
export const codedBlocks = (factors: readonly Factor[]): Uint8Array[] =>
  factors.map(({ ends, positions, runs: [columns, rows] }) =>
    ends.map((end, b) => (end > 1 || columns[positions[b]!] || rows[positions[b]!] ? 1 : 0)),
  );
