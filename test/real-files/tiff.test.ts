import { describe, expect, test } from 'vitest';
import { readClip, readImage } from '../../src/io/index.js';
import { baseline, type Entry, scene, tiffOf } from './make.js';

const size = { width: 16, height: 4 };
const indices = Uint8Array.from({ length: 64 }, (_, i) => (i * 5) % 256);

/** A palette of this many numbers. */
const palette = (count: number): number[] => Array.from({ length: count }, (_, i) => (i * 4099) % 65_536);

const paletted = (map: readonly number[] | undefined, bits = 8): Buffer =>
  tiffOf([
    {
      entries: baseline(size, 3, [bits], map ? [[320, 3, map]] : []),
      pixels: bits === 16 ? new Uint8Array(128) : indices,
    },
  ]);

const refusal = (bytes: Uint8Array): Promise<string> =>
  readImage(bytes).then(
    () => 'was read',
    (error: { code: string; reason: string }) => `${error.code}: ${error.reason}`,
  );

describe('A palette of TIFF', () => {
  test('that is missing, has another length or is for more than 256 colours is not taken for grey', async () => {
    expect(await refusal(paletted(undefined))).toBe('DAMAGED: its palette is missing');
    expect(await refusal(paletted(palette(300)))).toBe('DAMAGED: its palette has 300 numbers, expected 768');
    expect(await refusal(paletted(palette(3 * 65_536), 16))).toBe(
      'UNSUPPORTED: not supported: a palette for 16-bit indices',
    );
  });
});

describe('An invalid tag that is not about pixels does not keep a TIFF from being read:', () => {
  const { width, height, data } = scene();
  const page = (more: readonly Entry[]) => ({
    entries: baseline({ width, height }, 2, [8, 8, 8], more),
    pixels: new Uint8Array(data),
  });
  const resolution = (unit: number): Entry[] => [
    [282, 5, [300, 1]],
    [283, 5, [300, 1]],
    [296, 3, [unit]],
  ];

  test('a unit of resolution', async () => {
    for (const littleEndian of [true, false])
      for (const unit of [0, 9]) {
        const { raster, metadata, notes } = await readImage(tiffOf([page(resolution(unit))], littleEndian));
        expect([raster.data, metadata.exif, notes]).toEqual([data, undefined, []]);
      }
  });

  test('a tag on a later page', async () => {
    const clip = await readClip(tiffOf([page([]), page([[274, 3, [0]]]), page(resolution(0))]));
    const frames: unknown[] = [];
    for await (const { data: samples } of clip.frames()) frames.push(samples);
    expect(frames).toEqual([data, data, data]);
  });
});

test('a page that is the thumbnail of the next is reported', async () => {
  const thumbnail = {
    entries: baseline(size, 1, [8], [[254, 4, [1]]]),
    pixels: indices,
  };
  const { width, height, data } = scene();
  const whole = { entries: baseline({ width, height }, 2, [8, 8, 8]), pixels: new Uint8Array(data) };
  expect((await readImage(tiffOf([thumbnail, whole]))).notes).toEqual([
    'the first of 2 pages; the others are not kept',
    'it is a thumbnail of another picture',
  ]);
  expect((await readImage(tiffOf([whole, thumbnail]))).notes).toHaveLength(1);
});
