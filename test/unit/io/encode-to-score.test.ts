import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../src/core/raster.js';
import { decode } from '../../../src/decode/index.js';
import { encode } from '../../../src/encode/encode.js';
import { encodeFile } from '../../../src/io/jobs/encode-file.js';
import { encodeToScore } from '../../../src/io/score/encode-to-score.js';
import { ssimulacra2Against } from '../../../src/io/score/ssimulacra2.js';
import { encodeImage } from '../../../src/io/write/encode-image.js';
import { psnr } from '../../../src/metrics/psnr.js';
import { draw } from '../../properties/codec-rasters.js';

const photo = draw(64, 48, 3, 8, 'photo');
const effort = 1;
const decoded = (bytes: Uint8Array): Raster => decode(bytes, { channels: 'file' });

describe('encodeToScore', () => {
  it('reaches the score of any measure, and not much more', () => {
    const seen: number[] = [];
    const score = (picture: Raster): number => {
      const { psnr: reached } = psnr(photo, picture);
      seen.push(reached);
      return reached;
    };
    const progress: number[] = [];
    const bytes = encodeToScore(photo, score, 33, { effort, onProgress: done => progress.push(done) });
    const { psnr: reached } = psnr(photo, decoded(bytes));
    expect(reached).toBeGreaterThanOrEqual(33);
    expect(reached).toBe(Math.min(...seen.filter(value => value >= 33)));
    expect(reached).toBeLessThan(33.5);
    expect(seen.length).toBeLessThan(12);
    expect(progress.at(-1)).toBe(1);
  });

  it('accepts quality 0 if that is enough, and reports the best score if quality 100 is not', () => {
    const easy = encodeToScore(photo, () => 50, 20, { effort });
    expect(easy).toEqual(encode(photo, { effort, quality: 0 }));
    expect(() => encodeToScore(photo, () => 12.345, 20, { effort })).toThrow(
      expect.objectContaining({ code: 'TARGET', field: 'score', expected: 'at most 12.34' }),
    );
  });
});

it('A score that is not a number is refused', () => {
  for (const got of [Number.NaN, -Infinity, undefined])
    expect(() => encodeToScore(photo, () => got, 20, { effort })).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'score', got }),
    );
});

it('A measure that is not a function and a target that is not a number are refused', () => {
  const wrong = (score: unknown, least: unknown): (() => unknown) => {
    return () => encodeToScore(photo, score as () => number, least as number, { effort });
  };
  expect(wrong(75, { effort })).toThrow(expect.objectContaining({ code: 'OPTION', field: 'score', got: 75 }));
  for (const got of [undefined, '70', Number.NaN])
    expect(wrong(() => 70, got)).toThrow(expect.objectContaining({ code: 'OPTION', field: 'least', got }));
});

describe('encodeFile with a target of SSIMULACRA 2', () => {
  it('makes a file whose picture reaches that score', async () => {
    const png = (await encodeImage(photo)).bytes;
    const { data } = await encodeFile(png, undefined, { ssimulacra2: 70, effort });
    const score = (await ssimulacra2Against(photo))(decoded(data))!;
    expect(score).toBeGreaterThanOrEqual(70);
    expect(score).toBeLessThan(73);
  });

  it.each([
    [{ ssimulacra2: 101 }, 'a number from 1 to 100'],
    [{ ssimulacra2: 70, psnr: 30 }, 'one target'],
  ])('refuses %j', async (options, expected) => {
    const png = (await encodeImage(photo)).bytes;
    await expect(encodeFile(png, undefined, options)).rejects.toMatchObject({
      field: 'ssimulacra2',
      expected,
    });
  });

  it('refuses options that SSIMULACRA 2 does not know', async () => {
    const png = (await encodeImage(draw(16, 16, 4, 8, 'photo'))).bytes;
    await expect(encodeFile(png, undefined, { ssimulacra2: 70 })).rejects.toMatchObject({
      code: 'OPTION',
      field: 'ssimulacra2',
    });
  });
});
