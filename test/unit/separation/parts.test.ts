import { describe, expect, it } from 'vitest';
import { random } from '../../../src/algebra/random.js';
import { solvePositive } from '../../../src/algebra/solve-positive.js';
import { removeSpots } from '../../../src/separation/mask.js';
import { shortestInterval, smooth } from '../../../src/separation/noise.js';
import { fromOpponent, toOpponent } from '../../../src/separation/opponent.js';

describe('The steps of the separation', () => {
  it('find centre and deviation of a Gaussian among as many arbitrary values', () => {
    const next = random(3);
    const bell = (): number => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return sum;
    };
    const values = Float32Array.from({ length: 4000 }, (_, i) =>
      i % 2 === 0 ? 100 + 3 * bell() : 250 * next(),
    );
    const { centre, deviation } = shortestInterval(values);
    expect(Math.abs(centre - 100)).toBeLessThan(1.5);
    // half of the samples are the Gaussian's: 40 % of all are 80 % of them
    expect(deviation).toBeGreaterThan(3);
    expect(deviation).toBeLessThan(9);
    expect(shortestInterval(Float32Array.of(7, 7))).toEqual({ centre: 7, deviation: 0 });
  });

  it('remove small spots by connected components, corners included', () => {
    const rows = ['##......', '#.......', '.....#..', '....#...', '...#...#'];
    const mask = Uint8Array.from(rows.join(''), of => +(of === '#'));
    const kept = (least: number): string => {
      const copy = mask.slice();
      removeSpots(copy, 8, least);
      return [...copy].map(value => (value === 1 ? '#' : '.')).join('');
    };
    expect(kept(1)).toBe(rows.join(''));
    expect(kept(2)).toBe(rows.join('').replace(/#$/, '.'));
    expect(kept(4)).not.toContain('#');
  });

  it('restore the exact samples from opponent colours', () => {
    const next = random(9);
    for (const [channels, bitDepth] of [
      [3, 8],
      [3, 16],
      [1, 8],
      [1, 16],
    ] as const) {
      const top = bitDepth === 16 ? 65_535 : 255;
      const data = new (bitDepth === 16 ? Uint16Array : Uint8Array)(40 * channels).map(
        () => next() * (top + 1),
      );
      const raster = { width: 8, height: 5, channels, bitDepth, data };
      const back = fromOpponent(toOpponent(raster), 8, bitDepth);
      expect(Math.max(...back.data.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThanOrEqual(
        bitDepth === 16 ? 1 : 0,
      );
    }
  });

  it('solve positive definite systems given by their lower half', () => {
    const a = Float64Array.of(4, Number.NaN, Number.NaN, 2, 5, Number.NaN, 1, 3, 6);
    const x = [1, -2, 3];
    const full = [
      [4, 2, 1],
      [2, 5, 3],
      [1, 3, 6],
    ];
    const b = Float64Array.from(full, row => row.reduce((sum, value, i) => sum + value * x[i]!, 0));
    solvePositive(a, b, 3);
    for (const [i, value] of x.entries()) expect(b[i]).toBeCloseTo(value, 12);
  });

  it('smooth a plane without changing even areas, edges included', () => {
    expect(smooth(new Float32Array(12).fill(5), 4)).toEqual(new Float32Array(12).fill(5));
    const spike = new Float32Array(25);
    spike[12] = 16;
    expect([...smooth(spike, 5)].filter(value => value > 0)).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  });
});
