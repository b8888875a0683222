import { describe, expect, it } from 'vitest';
import { type Plane, plane } from '../../src/core/plane.js';
import { GROUPS, TAPS } from '../../src/restore/bank.js';
import { chooseFilters } from '../../src/restore/choose.js';
import type { ChannelFilter } from '../../src/restore/filter.js';
import { restore } from '../../src/restore/restore.js';
import { PAD, toSamples } from '../../src/restore/samples.js';
import { classOf, filtered, samplesOf, smoothed, valuesOf } from './restore-reference.js';

/** A generator of integers below n, the same on every run. */
function generator(seed: number): (n: number) => number {
  let state = seed;
  return n => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Stripes in four directions, an edge, and noise that grows downwards. */
function scene(width: number, height: number, seed: number): Plane {
  const random = generator(seed);
  const out = plane(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const along = [x, y, x + y, x - y + height][(x >> 4) % 4]!;
      const stripes = (along % 6 < 3 ? 25 : -25) * ((y >> 4) % 3);
      const noise = (random(2001) / 1000 - 1) * (y / height) * 40;
      out.data[y * width + x] = stripes + (3 * x + y > 100 ? 60 : 0) + noise;
    }
  return out;
}

const codedOf = (width: number, height: number, seed: number): Uint8Array => {
  const random = generator(seed);
  return Uint8Array.from({ length: (width * height) / 64 }, () => random(2));
};

/** Deltas up to the largest that an encoder writes, of either sign. */
function wildFilter(seed: number): ChannelFilter {
  const random = generator(seed);
  return Array.from({ length: GROUPS * TAPS }, () => random(127) - 63);
}

const copy = (p: Plane): Plane => ({ ...p, data: p.data.slice() });

describe('The restoration filter', () => {
  for (const [width, height] of [[8, 8], [8, 64], [72, 8], [72, 56]] as const) // biome-ignore format: a list
    for (const step of [1 / 64, 3.3, 27, 1022])
      it(`matches the specification, on ${width} x ${height} samples with a step of ${step}`, () => {
        const planes = [0, 1, 2].map(c => scene(width, height, 10 + c));
        const coded = [0, 1, 2].map(c => codedOf(width, height, 20 + c));
        const filters = [wildFilter(30), [], []];
        const restored = planes.map(copy);
        restore(restored, coded, step, filters);
        planes.forEach((from, channel) => {
          const s = samplesOf(from);
          const v = valuesOf(from);
          const expected = from.data.map((_, i) => {
            const [x, y] = [i % width, Math.floor(i / width)];
            const known = coded[channel]![(y >> 3) * (width >> 3) + (x >> 3)]!;
            if (channel) return smoothed(v, x, y, known, step);
            const [group, turn] = classOf(s, x >> 3, y >> 3, known, step);
            return filtered(s, x, y, group, turn, filters[channel]!, step) / 16;
          });
          expect(restored[channel]!.data).toEqual(expected);
        });
      });

  it('gives most groups and every turn to some block of the scene, so that the comparison above is meaningful', () => {
    const samples = toSamples(scene(72, 56, 10));
    const chosen = [3.3, 27].flatMap(step => [...chooseFilters(samples, codedOf(72, 56, 20), step)]);
    expect(new Set(chosen.map(v => v % 3)).size).toBe(3);
    expect(new Set(chosen.map(v => Math.floor(v / 3))).size).toBeGreaterThan(7);
  });

  it('does not change channels without a filter at all', () => {
    const planes = [0, 1, 2].map(c => scene(40, 24, c));
    const before = planes.map(copy);
    const coded = planes.map((_, c) => codedOf(40, 24, c));
    restore(planes, coded, 27, [undefined, [], undefined]);
    expect(planes[0]).toEqual(before[0]);
    expect(planes[2]).toEqual(before[2]);
    expect(planes[1]!.data).not.toEqual(before[1]!.data);
  });

  it('leaves a flat plane flat', () => {
    const flat = [0, 1].map(() => plane(16, 16));
    for (const { data } of flat) data.fill(-37.25);
    restore(flat, [new Uint8Array(4).fill(1), new Uint8Array(4)], 27, [wildFilter(1), []]);
    for (const { data } of flat) expect(data.every(v => v === -37.25)).toBe(true);
  });

  it('clamps samples beyond 8191 / 16 of either sign, and rounds halves up', () => {
    const p = plane(8, 8);
    p.data.set([1e9, -1e9, 8190.5 / 16, -8190.5 / 16, 0.5 / 16, -0.5 / 16, -0.51 / 16, 511.96875]);
    const { data, stride } = toSamples(p);
    const row = PAD * stride + PAD;
    expect(Array.from(data.subarray(row, row + 8))).toEqual([8191, -8191, 8191, -8190, 1, 0, -1, 8191]);
  });

  it('repeats the edges of a plane for two samples', () => {
    const p = scene(16, 8, 3);
    const s = samplesOf(p);
    const { data, stride } = toSamples(p);
    for (let y = -PAD; y < 8 + PAD; y++)
      for (let x = -PAD; x < 16 + PAD; x++) expect(data[(y + PAD) * stride + x + PAD]).toBe(s(x, y));
  });
});
