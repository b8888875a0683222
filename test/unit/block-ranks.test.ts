import { describe, expect, it } from 'vitest';
import { blockRanks } from '../../src/planes/block-ranks.js';
import { factor, positionOf } from '../../src/planes/factor.js';

describe('How far a block goes', () => {
  it('is the band of its last value that is not zero, two bands a rank, plane 0 apart', () => {
    for (let k = 0; k < 64; k++) {
      const of = factor({ block: 8, cols: 3, rows: 2 });
      for (let b = 0; b < 6; b++) of.values[positionOf(of, b) * 64] = 40;
      of.values[positionOf(of, 4) * 64 + k] = -2;
      const diagonal = Math.floor(k / 8) + (k % 8);
      const rank = diagonal === 0 ? 0 : diagonal < 3 ? 1 : diagonal < 6 ? 2 : 3;
      expect(Array.from(blockRanks(of))).toEqual([0, 0, 0, 0, rank, 0]);
    }
  });
});
