import { describe, expect, it } from 'vitest';
import { type Curve, drawChart, short } from '../../../src/plot/draw-chart.js';
import { HEAT, heatOf } from '../../../src/plot/heat.js';
import { placeOf, powersOf, ticksOf, valueAt } from '../../../src/plot/scale.js';

const SIZE = { width: 400, height: 300, ink: '#000', line: '#ddd', background: '#fff', name: 'A <chart>' };
const axes = { x: { label: 'rank', base: 2 }, y: { label: 'dB' } };

describe('Scales', () => {
  it('invert exactly, linear and logarithmic', () => {
    for (const isLog of [false, true]) {
      const scale = { domain: [0.5, 64], range: [40, 380], isLog } as const;
      for (const value of [0.5, 1, 7.3, 64])
        expect(
          valueAt(placeOf(value, { ...scale, domain: [0.5, 64], range: [40, 380] }), {
            ...scale,
            domain: [0.5, 64],
            range: [40, 380],
          }),
        ).toBeCloseTo(value, 9);
    }
  });

  it('have ticks at round numbers within their domain', () => {
    expect(ticksOf([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOf([22.1, 38.7], 4)).toEqual([25, 30, 35]);
    expect(ticksOf([-3, 3], 3)).toEqual([-2, 0, 2]);
    expect(ticksOf([5, 5], 3)).toEqual([5]);
    expect(powersOf([1, 64], 2, 8)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(powersOf([1, 64], 2, 4)).toEqual([1, 4, 16, 64]);
    expect(powersOf([0.03, 2], 2, 9)[0]).toBe(2 ** -5);
  });
});

describe('A chart', () => {
  const curves: Curve[] = [
    { name: 'one', colour: 'red', points: [1, 2, 4, 8].map(x => ({ x, y: 20 + x })) },
    { name: 'two', colour: 'blue', dashes: '2 2', points: [{ x: 2, y: 30 }] },
  ];

  it('has a circle for each point, within its area, where its scales say', () => {
    const { svg, x, y } = drawChart(curves, { ...SIZE, ...axes })!;
    const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, cx, cy]) => [
      Number(cx),
      Number(cy),
    ]);
    const points = curves.flatMap(({ points }) => points);
    expect(circles.length).toBe(points.length);
    circles.forEach(([cx, cy], i) => {
      expect(cx).toBeCloseTo(placeOf(points[i]!.x, x), 0);
      expect(cy).toBeCloseTo(placeOf(points[i]!.y, y), 0);
      expect(cx! >= 0 && cx! <= 400 && cy! >= 0 && cy! <= 300).toBe(true);
    });
  });

  it('has its names as text, and is empty without points', () => {
    const { svg } = drawChart(curves, { ...SIZE, x: { label: '<i>' }, y: { label: '&' } })!;
    expect(svg).toContain('aria-label="A &lt;chart&gt;"');
    expect(svg).toContain('&lt;i&gt;');
    expect(svg).not.toContain('<i>');
    expect(drawChart([], { ...SIZE, ...axes })).toBeUndefined();
    expect(drawChart([{ name: '', colour: 'red', points: [] }], { ...SIZE, ...axes })).toBeUndefined();
  });

  it('is drawn even for a single point', () => {
    const { svg } = drawChart([{ name: '', colour: 'red', points: [{ x: 3, y: 3 }] }], { ...SIZE, ...axes })!;
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('writes numbers with three digits', () => {
    expect([0.03125, 12, 999, 1234, 15_119, -2500].map(short)).toEqual([
      '0.0313',
      '12',
      '999',
      '1.23k',
      '15.1k',
      '-2.5k',
    ]);
  });
});

it('The colours of the heat map go from first to last, ever brighter', () => {
  expect(heatOf(0)).toEqual([...HEAT[0]]);
  expect(heatOf(1)).toEqual([...HEAT.at(-1)!]);
  expect(heatOf(-1)).toEqual(heatOf(0));
  const lights = Array.from({ length: 33 }, (_, i) => {
    const [r, g, b] = heatOf(i / 32);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  expect(lights).toEqual([...lights].sort((a, b) => a - b));
});
