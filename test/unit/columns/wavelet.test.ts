import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseColumn } from '../../../src/columns/analyse.js';
import { synthesise } from '../../../src/columns/wavelet.js';

const samples = fc.array(fc.double({ min: -300, max: 300, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('the wavelet transform of columns', () => {
  it('is undone by its inverse at every length', () => {
    fc.assert(
      fc.property(samples, values => {
        const x = Float64Array.from(values);
        analyseColumn(x);
        synthesise(x);
        for (const [i, value] of x.entries()) expect(value).toBeCloseTo(values[i]!, 9);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('gathers a constant column in its first coefficient, at every length', () => {
    for (const length of [1, 2, 3, 5, 8, 31, 300]) {
      const x = new Float64Array(length).fill(7);
      analyseColumn(x);
      expect(Math.abs(x[0]!)).toBeGreaterThan(6.9);
      for (const rest of x.subarray(1)) expect(Math.abs(rest)).toBeLessThan(1e-4);
    }
  });

  it('is nearly orthonormal: the energy of noise stays within 8 %', () => {
    let seed = 1;
    const x = Float64Array.from(
      { length: 512 },
      () => (seed = (seed * 16_807) % 2_147_483_647) / 2 ** 31 - 0.5,
    );
    const energy = (): number => x.reduce((sum, value) => sum + value * value, 0);
    const before = energy();
    analyseColumn(x);
    expect(Math.abs(energy() / before - 1)).toBeLessThan(0.08);
  });
});
