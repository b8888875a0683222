import { decode, encode } from 'lowrank';
import { measure } from 'lowrank/node';
import { expect, it, vi } from 'vitest';
import { ssimulacra2Against } from '../../src/report/ssimulacra2.js';
import { draw } from '../properties/codec-rasters.js';

it('SSIMULACRA 2 is 100 for the picture itself and falls as the picture gets worse, without a word on the console', async () => {
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
    expect(poor).toBeLessThan(good! - 20);
  }
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

it('SSIMULACRA 2 is left out where there is alpha, and a column of its own where it was asked for', async () => {
  const withAlpha = draw(32, 32, 4, 8, 'photo');
  expect((await ssimulacra2Against(withAlpha))(withAlpha)).toBeUndefined();
  const file = encode(draw(96, 64, 3, 8, 'photo'), { quality: 95 });
  const options = { ranks: [1, 8], peers: [] } as const;
  const [first, last] = (await measure(file, { ...options, ssimulacra2: true })).variants[0]!.rows;
  expect(last!.ssimulacra2).toBeGreaterThan(first!.ssimulacra2!);
  const plain = await measure(file, options);
  expect(plain.variants[0]!.rows.every(row => row.ssimulacra2 === undefined)).toBe(true);
});
