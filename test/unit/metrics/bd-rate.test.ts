import { describe, expect, it } from 'vitest';
import { bdRate } from '../../../src/metrics/bd-rate.js';
import { paretoFront, type RatePoint } from '../../../src/metrics/pareto-front.js';
import { evaluate, integrate, pchip } from '../../../src/metrics/pchip.js';

const points = (...pairs: [number, number][]): RatePoint[] => pairs.map(([bpp, metric]) => ({ bpp, metric }));

// kodim13, bits a pixel and RGB PSNR; unsorted and with repeats, as in real measurements.
const mozjpeg = points(
  [0.10012, 19.7307],
  [0.23067, 21.5291],
  [0.39193, 22.8327],
  [0.61068, 24.157],
  [0.89054, 25.4928],
  [1.11031, 26.4235],
  [1.36816, 27.423],
  [1.80715, 29.031],
  [2.48374, 31.3082],
  [3.42851, 34.3613],
  [4.7819, 37.8842],
  [0.06042, 18.1275],
  [0.06042, 18.1275],
);
const webp = points(
  [0.31612, 22.9354],
  [0.4812, 24.2172],
  [0.77405, 26.0565],
  [1.13513, 28.1388],
  [1.48621, 30.0816],
  [1.7666, 31.3906],
  [2.09517, 32.8222],
  [2.94458, 36.1736],
  [3.83634, 38.9392],
  [4.6121, 40.7354],
  [5.32113, 41.6172],
);

describe('BD-rate', () => {
  // Expected values: an independent implementation on SciPy's PchipInterpolator.
  it.each<[[number?, number?], number]>([
    [[], -27.04180287915743],
    [[0.25, 1.5], -23.990410782554438],
    [[1, undefined], -28.042431694276402],
    [[undefined, 2], -25.112318144193345],
  ])('of WebP against MozJPEG on one picture, anchor sizes %j, matches SciPy', (range, expected) => {
    expect(bdRate(webp, mozjpeg, range)).toBeCloseTo(expected, 9);
  });

  it('of a curve with every size halved is -50 %, doubled +100 %, unchanged 0', () => {
    for (const [factor, expected] of [
      [0.5, -50],
      [2, 100],
      [1, 0],
    ] as const) {
      const scaled = webp.map(({ bpp, metric }) => ({ bpp: bpp * factor, metric }));
      expect(bdRate(scaled, webp)).toBeCloseTo(expected, 9);
      expect(bdRate(scaled, webp, [0.5, 1])).toBeCloseTo(expected, 9);
    }
  });

  it('of two straight lines is their mean distance', () => {
    // One decade for each 10 dB against one for each 20 dB, from 1 bpp at 30 dB: log ratio 0 to 0.5 over 10 dB.
    const steep = points([1, 30], [10, 50]);
    const shallow = points([1, 30], [10, 40]);
    expect(bdRate(steep, shallow)).toBeCloseTo(100 * (10 ** -0.25 - 1), 10);
    // Between two qualities: log ratio 0.1 to 0.3, and where only one end is given, 0.3 to 0.5.
    expect(bdRate(steep, shallow, [], [32, 36])).toBeCloseTo(100 * (10 ** -0.2 - 1), 10);
    expect(bdRate(steep, shallow, [], [36, undefined])).toBeCloseTo(100 * (10 ** -0.4 - 1), 10);
    // Both at once: sizes of the anchor from 1 to 10 ** 0.5 are 30 to 35 dB.
    expect(bdRate(steep, shallow, [undefined, 10 ** 0.5], [33, 100])).toBeCloseTo(100 * (10 ** -0.2 - 1), 10);
  });

  it('is undefined without two points or without overlap, in quality or in the range', () => {
    expect(bdRate(points([1, 30]), webp)).toBeUndefined();
    expect(bdRate([], webp)).toBeUndefined();
    expect(bdRate(points([1, 50], [2, 60]), webp)).toBeUndefined();
    expect(bdRate(webp, mozjpeg, [0, 0.1])).toBeUndefined();
    expect(bdRate(webp, mozjpeg, [50, 60])).toBeUndefined();
    expect(bdRate(webp, mozjpeg, [], [98, 99])).toBeUndefined();
  });

  it.each([
    [2, 1],
    [Number.NaN, 1],
    [0, Number.NaN],
  ])('refuses a range from %d to %d', (low, high) => {
    expect(() => bdRate(webp, mozjpeg, [low, high])).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'range' }),
    );
    expect(() => bdRate(webp, mozjpeg, [], [low, high])).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'levels' }),
    );
  });
});

describe('The Pareto front', () => {
  it('keeps points that are better than all that are no larger, by rising size', () => {
    const all = points([3, 33], [1, 30], [2, 29], [2, 31], [2, 32], [4, 33], [5, 34], [1, 30]);
    expect(paretoFront(all)).toEqual(points([1, 30], [2, 32], [3, 33], [5, 34]));
    expect(all[0]).toEqual({ bpp: 3, metric: 33 });
  });

  it('leaves out sizes and qualities that are not finite, and sizes of zero', () => {
    const broken = points(
      [0, 50],
      [-1, 50],
      [Number.NaN, 50],
      [1, Infinity],
      [1, Number.NaN],
      [Infinity, 60],
      [2, 30],
    );
    expect(paretoFront(broken)).toEqual(points([2, 30]));
  });
});

describe('The monotone cubic', () => {
  // Expected values: SciPy's PchipInterpolator.
  const curve = pchip(Float64Array.of(0, 1, 2.5, 3, 5, 5.5), Float64Array.of(1, 2, 2, 5, 4, 4.5));

  it('has the values, slopes and integral of SciPy, at turning points and in flat stretches too', () => {
    for (const [at, value] of [
      [0.3, 1.4218],
      [1.7, 2],
      [2.9, 4.688],
      [4, 4.5],
      [5.2, 4.1136],
      [5.5, 4.5],
    ] as const)
      expect(evaluate(curve, at)).toBeCloseTo(value, 12);
    for (const [i, slope] of [1.4, 0, 0, 0, 0, 1.3].entries()) expect(curve.slope[i]).toBeCloseTo(slope, 12);
    expect(integrate(curve, 0.3, 5.2)).toBeCloseTo(15.811028333333335, 11);
  });

  it('limits the slope at an end before a turn', () => {
    const turn = pchip(Float64Array.of(0, 1, 3), Float64Array.of(0, 1, -9));
    expect(Array.from(turn.slope)).toEqual([3, 0, -9]);
    expect([0.25, 0.5, 2].map(at => evaluate(turn, at))).toEqual([0.578125, 0.875, -1.75]);
  });

  it('joins two points by a line', () => {
    const line = pchip(Float64Array.of(1, 3), Float64Array.of(2, 8));
    expect(evaluate(line, 2)).toBe(5);
    expect(integrate(line, 1.5, 2.5)).toBeCloseTo(5, 12);
  });
});
