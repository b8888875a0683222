import { describe, expect, it } from 'vitest';
import { colourBasis } from '../../../src/colour/basis.js';
import { fromChannels, toChannels } from '../../../src/colour/channels.js';
import { gridOf } from '../../../src/matrices/blocks.js';
import { emptyFactor } from '../../../src/planes/factor.js';
import { activityRows, textureRows } from '../../../src/planes/row-weights.js';
import { stepCode } from '../../../src/planes/step.js';
import { columnExponents, EXPONENT_ORIGIN, NORMS, STEPS } from '../../../src/planes/weights.js';
import { draw } from '../../properties/codec-rasters.js';

const WEIGHTS = { plane0: 3, luma: 16, chroma: 8, chromaRise: 14, activity: 2, texture: 2 };

describe('Weights', () => {
  it('are powers of 2^(1/16), and the norms are one over their roots', () => {
    STEPS.forEach((step, n) => {
      expect(step / 2 ** ((n - EXPONENT_ORIGIN) / 16)).toBeCloseTo(1, 2);
      expect(NORMS[n]! * Math.sqrt(step)).toBeCloseTo(1, 1);
    });
    expect([STEPS[EXPONENT_ORIGIN], NORMS[EXPONENT_ORIGIN]]).toEqual([1, 1]);
  });

  it('of columns grow with the diagonal, those of chroma from their own start', () => {
    const [luma, chroma] = [0, 1].map(role => columnExponents(WEIGHTS, role).map(e => e - EXPONENT_ORIGIN));
    expect([luma![1], luma![8], luma![9], luma![63]]).toEqual([0, 0, 2, 26]);
    expect([chroma![1], chroma![9], chroma![63]]).toEqual([8, 9, 30]);
    expect(columnExponents(WEIGHTS, 1)[0]).toBe(EXPONENT_ORIGIN - 3);
  });

  it('of rows are finer in smooth places, and coarser in busy ones', () => {
    const luma = emptyFactor(gridOf(40, 40, 8));
    const code = stepCode(27);
    const still = activityRows(luma, WEIGHTS, code);
    luma.values[luma.positions[12]!] = 200;
    const busy = activityRows(luma, WEIGHTS, code);
    expect(still[luma.positions[12]!]).toBeLessThan(0);
    expect(busy[luma.positions[12]!]).toBeGreaterThan(8);
    expect(busy[luma.positions[0]!]).toBe(still[luma.positions[0]!]);
    luma.rowWeights = still;
    luma.values[9 * luma.places + luma.positions[3]!] = 60;
    const textured = textureRows(luma, WEIGHTS, code);
    expect(textured[luma.positions[3]!]).toBeGreaterThan(textured[luma.positions[4]!]! + 4);
  });

  it('remove luma from chroma, and the channels still restore the picture', () => {
    const raster = draw(24, 16, 3, 8, 'photo');
    for (const colour of [
      [0, 0, 0],
      [40, -25, 9],
    ] as const) {
      const basis = colourBasis(colour, WEIGHTS);
      for (const row of [3, 6])
        expect(0.299 * basis[row]! + 0.587 * basis[row + 1]! + 0.114 * basis[row + 2]!).toBeCloseTo(0, 12);
      expect([...fromChannels(toChannels(raster, basis), basis, raster, false)]).toEqual([...raster.data]);
    }
  });
});
