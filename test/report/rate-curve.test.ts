import { expect, it } from 'vitest';
import { rateCurve } from '../../src/report/rate-curve.js';

const POINTS = [
  { bpp: 0.5, metric: 30 },
  { bpp: 2, metric: 40 },
  { bpp: 0.25, metric: 26 },
  { bpp: 1, metric: 29 }, // worse than a smaller one: on no curve
  { bpp: 4, metric: Number.POSITIVE_INFINITY },
];

it('The curve of a codec goes through its best points, rises monotonically, and ends where they end', () => {
  const { qualityAt, bppAt } = rateCurve(POINTS);
  for (const { bpp, metric } of POINTS.filter(
    point => ![29, Number.POSITIVE_INFINITY].includes(point.metric),
  )) {
    expect(qualityAt(bpp)).toBeCloseTo(metric, 9);
    expect(bppAt(metric)).toBeCloseTo(bpp, 9);
  }
  let before = 26;
  for (let bpp = 0.26; bpp < 2; bpp += 0.05) {
    const now = qualityAt(bpp)!;
    expect(now).toBeGreaterThan(before);
    before = now;
  }
  expect([qualityAt(0.24), qualityAt(2.01), bppAt(25.9), bppAt(40.1)]).toEqual(Array(4).fill(undefined));
});

it('One point is not a curve', () => {
  expect(rateCurve(POINTS.slice(0, 1)).qualityAt(0.5)).toBeUndefined();
});
