import { describe, expect, it } from 'vitest';
import { type Plane, plane } from '../../src/core/plane.js';
import { chooseFilters } from '../../src/restore/choose.js';
import { type ChannelFilter, groupsOf } from '../../src/restore/filter.js';
import { restore } from '../../src/restore/restore.js';
import { PAD, toSamples } from '../../src/restore/samples.js';
import { classOf, filtered, samplesOf } from './restore-reference.js';

/** A generator of whole numbers below n, the same on every run. */
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

const ranksOf = (width: number, height: number, seed: number): Uint8Array => {
  const random = generator(seed);
  return Uint8Array.from({ length: (width * height) / 64 }, () => random(4));
};

/** Latents and deltas as large as a file can hold, and of either sign. */
function wildFilter(channel: number, seed: number): ChannelFilter {
  const random = generator(seed);
  return {
    latents: channel ? [] : Array.from({ length: 4 }, () => random(64) - 32),
    deltas: Array.from({ length: groupsOf(channel) }, (_, g) =>
      g % 3 === 1 ? undefined : Array.from({ length: 12 }, () => random(127) - 63),
    ),
  };
}

const copy = (p: Plane): Plane => ({ ...p, data: p.data.slice() });

describe('The restoration filter', () => {
  for (const [width, height] of [[8, 8], [8, 64], [72, 8], [72, 56]] as const) // biome-ignore format: a list
    for (const step of [1 / 64, 3.3, 27, 1022])
      it(`is what the specification says, on ${width} x ${height} samples with a step of ${step}`, () => {
        const planes = [0, 1, 2].map(c => scene(width, height, 10 + c));
        const ranks = [0, 1, 2].map(c => ranksOf(width, height, 20 + c));
        const filters = [0, 1, 2].map(c => wildFilter(c, 30 + c));
        const restored = planes.map(copy);
        restore(restored, ranks, step, filters);
        planes.forEach((from, channel) => {
          const s = samplesOf(from);
          const expected = from.data.map((_, i) => {
            const [x, y] = [i % width, Math.floor(i / width)];
            const rank = ranks[channel]![(y >> 3) * (width >> 3) + (x >> 3)]!;
            const [group, turn] = channel ? [rank, 0] : classOf(s, width, height, x >> 2, y >> 2, rank, step);
            return filtered(s, x, y, channel, group, turn, filters[channel]!, step) / 16;
          });
          expect(restored[channel]!.data).toEqual(expected);
        });
      });

  it('gives every class of the scene to some block, so that the comparison above means something', () => {
    const samples = toSamples(scene(72, 56, 10));
    const chosen = chooseFilters(samples, 0, ranksOf(72, 56, 20), 27);
    expect(new Set(Array.from(chosen, v => v % 3)).size).toBe(3);
    expect(new Set(Array.from(chosen, v => Math.floor(v / 3))).size).toBeGreaterThan(8);
  });

  it('leaves channels without a filter as they are, to the last bit', () => {
    const planes = [0, 1, 2].map(c => scene(40, 24, c));
    const before = planes.map(copy);
    const ranks = planes.map((_, c) => ranksOf(40, 24, c));
    restore(planes, ranks, 27, [undefined, { latents: [], deltas: [] }, undefined]);
    expect(planes[0]).toEqual(before[0]);
    expect(planes[2]).toEqual(before[2]);
    expect(planes[1]!.data).not.toEqual(before[1]!.data);
  });

  it('leaves a flat plane flat', () => {
    const flat = plane(16, 16);
    flat.data.fill(-37.25);
    restore([flat], [new Uint8Array(4).fill(3)], 27, [wildFilter(0, 1)]);
    expect(flat.data.every(v => v === -37.25)).toBe(true);
  });

  it('clamps samples beyond 8191 / 16 of either sign, and rounds halves up', () => {
    const p = plane(8, 8);
    p.data.set([1e9, -1e9, 8190.5 / 16, -8190.5 / 16, 0.5 / 16, -0.5 / 16, -0.51 / 16, 511.96875]);
    const { data, stride } = toSamples(p);
    const row = PAD * stride + PAD;
    expect(Array.from(data.subarray(row, row + 8))).toEqual([8191, -8191, 8191, -8190, 1, 0, -1, 8191]);
  });

  it('repeats the edges of a plane two samples far, also in a buffer used before', () => {
    const p = scene(16, 8, 3);
    const s = samplesOf(p);
    const used = toSamples(scene(16, 8, 4));
    const { data, stride } = toSamples(p, used);
    for (let y = -PAD; y < 8 + PAD; y++)
      for (let x = -PAD; x < 16 + PAD; x++) expect(data[(y + PAD) * stride + x + PAD]).toBe(s(x, y));
  });
});
