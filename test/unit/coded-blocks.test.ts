import { describe, expect, it } from 'vitest';
import { codedBlocks } from '../../src/planes/coded-blocks.js';
import { factor, positionOf, putValue } from '../../src/planes/factor.js';

describe('Which blocks are coded', () => {
  it('are those with a value that is not zero in some plane but plane 0', () => {
    for (let k = 0; k < 64; k++) {
      const of = factor({ block: 8, cols: 3, rows: 2 });
      for (let b = 0; b < 6; b++) of.values[positionOf(of, b) * 64] = 40;
      if (k) putValue(of, positionOf(of, 4), k, -2);
      expect(Array.from(codedBlocks(of))).toEqual([0, 0, 0, 0, k ? 1 : 0, 0]);
    }
  });
});
