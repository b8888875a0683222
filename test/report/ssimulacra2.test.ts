import { decode, encode } from 'lowrank';
import { measure } from 'lowrank/node';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ssimulacra2Against } from '../../src/io/score/ssimulacra2.js';
import { scorerOf } from '../../src/report/scorer.js';
import { draw } from '../properties/codec-rasters.js';

it('SSIMULACRA 2 is 100 for the picture itself and falls as the picture gets worse, and the console stays empty', async () => {
  const log = vi.spyOn(console, 'log');
  for (const [channels, bitDepth] of [
    [3, 8],
    [1, 8],
    [3, 16],
  ] as const) {
    const original = draw(96, 64, channels, bitDepth, 'photo');
    const score = await ssimulacra2Against(original);
    expect(score(original)).toBe(100);
    const [good, poor] = [85, 20].map(quality =>
      score(decode(encode(original, { quality }), { channels: 'file' })),
    );
    expect(good).toBeLessThan(100);
    expect(good).toBeGreaterThan(50);
    expect(poor).toBeLessThan(good! - 10);
  }
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

it('Two pictures can be scored alternately, each against its own original', async () => {
  const originals = [draw(64, 48, 3, 8, 'photo'), draw(40, 56, 3, 8, 'photo')];
  const pictures = originals.map(of => decode(encode(of, { quality: 40 }), { channels: 'file' }));
  const alone = [];
  for (const [i, original] of originals.entries())
    alone.push((await ssimulacra2Against(original))(pictures[i]!));
  const scores = await Promise.all(originals.map(original => ssimulacra2Against(original)));
  for (let turn = 0; turn < 2; turn++) expect(scores.map((score, i) => score(pictures[i]!))).toEqual(alone);
});

it('measure gives SSIMULACRA 2 for each rank, quality and codec, unless told not to or with alpha', async () => {
  const withAlpha = draw(32, 32, 4, 8, 'photo');
  expect((await ssimulacra2Against(withAlpha))(withAlpha)).toBeUndefined();
  const file = encode(draw(64, 48, 3, 8, 'photo'), { quality: 95, effort: 1 });
  const options = { ranks: [1, 8], peers: ['jpeg'] } as const;
  const { variants, peers, notes } = await measure(file, options);
  const [first, last] = variants[0]!.rows;
  expect(last!.ssimulacra2).toBeGreaterThan(first!.ssimulacra2!);
  for (const points of [variants[0]!.qualities, peers.jpeg!]) {
    const scores = points.map(({ ssimulacra2 }) => ssimulacra2!);
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
  }
  expect(notes.filter(note => note.includes('SSIMULACRA'))).toEqual([]);
  const plain = await measure(file, { ranks: [1], peers: [], ssimulacra2: false });
  expect(plain.variants[0]!.rows[0]).not.toHaveProperty('ssimulacra2');
  expect(plain.notes.filter(note => note.includes('SSIMULACRA'))).toEqual([]);
});

describe('A raster without SSIMULACRA 2', () => {
  const raster = draw(32, 32, 3, 8, 'photo');
  afterEach(() => vi.doUnmock('calc-s2-rust/calc_s2_rust.js'));

  it.each([
    ['has alpha', draw(32, 32, 4, 8, 'photo'), /alpha/],
    ['is too small', draw(7, 32, 3, 8, 'photo'), /8 pixels/],
  ])('says that it %s', async (_, of, reason) => {
    const { score, note } = await scorerOf(of);
    expect(score).toBeUndefined();
    expect(note).toMatch(reason);
  });

  it('says what to install, and fails only if it was asked for', async () => {
    vi.doMock('calc-s2-rust/calc_s2_rust.js', () => {
      throw new Error('there is no such package');
    });
    expect(await scorerOf(raster)).toEqual({ note: expect.stringContaining('npm install calc-s2-rust') });
    expect(await scorerOf(raster, false)).toEqual({});
    await expect(scorerOf(raster, true)).rejects.toMatchObject({ code: 'UNSUPPORTED', path: 'calc-s2-rust' });
  });
});
