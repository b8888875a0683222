import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../src/core/raster.js';
import { joinChunks, makeChunk, splitChunks } from '../../src/io/formats/png-chunks.js';
import { decodeClip, encodeClip, encodeImage, readClip, readImage } from '../../src/io/index.js';
import { isAnimated } from '../../src/io/read/is-animated.js';
import { encodeSequence } from '../../src/sequence/encode.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { inSrgb, testWith } from './judges.js';
import { baseline, gifOf, pngWith, scene, tiffOf, wideProfile } from './make.js';

const folder = await temporaryFolder();
const source = scene();

async function framesOf(
  input: string | Uint8Array | readonly string[],
): Promise<{ frames: Raster[]; notes: string[] }> {
  const { frames, notes } = await readClip(input);
  const all: Raster[] = [];
  for await (const frame of frames()) all.push(frame);
  return { frames: all, notes };
}

test('the still frame of an animated WebP has alpha if its clip has', async () => {
  for (const [alpha, channels] of [
    [255, 3],
    [100, 4],
  ] as const) {
    const data = Buffer.alloc(16 * 32 * 4, Buffer.from([200, 100, 50, alpha]));
    data.fill(alpha, 0, 4); // a pixel that differs: equal frames would be merged
    const webp = await sharp(data, { raw: { width: 16, height: 32, channels: 4, pageHeight: 16 } })
      .webp({ lossless: true, delay: [50, 50] })
      .toBuffer();
    expect((await readImage(webp)).raster.channels).toBe(channels);
    expect((await readClip(webp)).channels).toBe(channels);
  }
});

test('the still picture of an animated PNG that is not one of its frames is kept apart from them', async () => {
  const [header, ...rest] = splitChunks(await pngWith([]));
  const data = rest.filter(({ type }) => type === 'IDAT').map(chunk => chunk.data);
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  const frames = [0, 1].flatMap(i => {
    const place = Buffer.alloc(26);
    for (const [k, value] of [2 * i, source.width, source.height].entries())
      place.writeUInt32BE(value, 4 * k);
    place.writeUInt16BE(1, 20);
    place.writeUInt16BE(10, 22);
    const number = Buffer.from([0, 0, 0, 2 * i + 1]);
    return [makeChunk('fcTL', place), makeChunk('fdAT', Buffer.concat([number, ...data]))];
  });
  const end = makeChunk('IEND', new Uint8Array());
  const apart = joinChunks([
    header!,
    makeChunk('acTL', control),
    makeChunk('IDAT', Buffer.concat(data)),
    ...frames,
    end,
  ]);
  expect((await readImage(apart)).notes).toEqual([
    'its still picture; the 2 frames of its animation are not kept',
  ]);
  const clip = await framesOf(apart);
  expect([clip.frames.length, clip.notes]).toEqual([
    2,
    ['its still picture, which is not one of its frames, is not kept'],
  ]);
});

test('content of an animation that a clip cannot hold is named', async () => {
  const data = Uint16Array.from({ length: 16 * 16 * 4 }, (_, i) => (i * 977) % 65_536);
  const frame: Raster = { width: 16, height: 16, channels: 4, bitDepth: 16, data };
  const paths = await Promise.all(
    [1, 2].map(async i => {
      const path = join(folder, `deep-${i}.png`);
      await writeFile(path, (await encodeImage(frame)).bytes);
      return path;
    }),
  );
  const { data: deep } = await encodeClip(paths, undefined, { fps: 24 });
  const notesOf = async (name: string) => (await decodeClip(deep, join(folder, name))).notes;
  expect(await notesOf('deep.webp')).toEqual([
    'webp has 8 bits a sample: 16 became 8',
    'webp counts time in steps of 1 ms: durations are rounded',
  ]);
  expect(await notesOf('deep.gif')).toEqual([
    'gif has 8 bits a sample: 16 became 8',
    'gif has at most 256 colours a frame: others are replaced by near ones',
    'gif has no partly transparent pixels: each became opaque or transparent',
    'gif counts time in steps of 10 ms: durations are rounded',
  ]);
  const { data: flat } = await encodeClip(paths, undefined, { fps: 25 });
  expect((await decodeClip(flat, join(folder, 'flat.webp'))).notes).toEqual([
    'webp has 8 bits a sample: 16 became 8',
  ]);
});

test('an animation lasts as long as its clip', async () => {
  const clipOf = (durations: number[]) =>
    encodeSequence({
      durations,
      loops: 3,
      frames: () =>
        durations.map((_, t) => ({
          ...{ width: 16, height: 16, channels: 1, bitDepth: 8 },
          data: new Uint8Array(256).fill(80 * (t % 3)),
        })),
    });
  const timesOf = async (durations: number[], name: string) => {
    const { notes } = await decodeClip(await clipOf(durations), join(folder, name), { force: true });
    const { delay, loop } = await sharp(join(folder, name), { animated: true }).metadata();
    expect(loop).toBe(3);
    return { delay, notes: notes.filter(note => note.includes('ms')) };
  };
  const rounded = (kind: string, step: number) =>
    `${kind} counts time in steps of ${step} ms: durations are rounded`;
  const slower = (kind: string, least: number) =>
    `browsers slow down ${kind} frames of less than ${least} ms: they are shown for ${least} ms`;
  const thirtieths = new Array<number>(6).fill(1000 / 30);
  expect(await timesOf(thirtieths, 'a.gif')).toEqual({
    delay: [30, 40, 30, 30, 40, 30],
    notes: [rounded('gif', 10)],
  });
  expect(await timesOf(thirtieths, 'a.webp')).toEqual({
    delay: [33, 34, 33, 33, 34, 33],
    notes: [rounded('webp', 1)],
  });
  const short = [0, 10, 30, 8];
  expect(await timesOf(short, 'b.gif')).toEqual({ delay: [20, 20, 30, 20], notes: [slower('gif', 20)] });
  expect(await timesOf(short, 'b.webp')).toEqual({ delay: [11, 11, 30, 11], notes: [slower('webp', 11)] });
  const long = [50, 655_350, 3_600_000];
  expect(await timesOf(long, 'c.webp')).toEqual({ delay: long, notes: [] });
  const { delay, notes } = await timesOf(long, 'c.gif');
  expect([delay!.reduce((sum, of) => sum + of), notes]).toEqual([4_255_400, []]);
});

describe('A clip is read as a picture is:', () => {
  test('pages of floats are refused like a single page', async () => {
    const entries = baseline(source, 1, [32], [[339, 3, [3]]]);
    const page = { entries, pixels: Buffer.alloc(96 * 64 * 4) };
    await expect(readClip(tiffOf([page, page, page]), { name: 'stack.tif' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      path: 'stack.tif',
      reason: 'not supported: 32-bit floating-point grey',
    });
  });

  test('pages of different sizes are refused with the name of the file', async () => {
    const page = { entries: baseline(source, 2, [8, 8, 8]), pixels: source.data as Uint8Array };
    const lower = { ...source, height: 32, data: source.data.slice(0, 96 * 32 * 3) };
    const other = { entries: baseline(lower, 2, [8, 8, 8]), pixels: lower.data as Uint8Array };
    await expect(readClip(tiffOf([page, other]), { name: 'stack.tif' })).rejects.toMatchObject({
      code: 'FRAMES',
      path: 'stack.tif',
      reason: 'frame 2: 96 x 32 pixels, where frame 1 has 96 x 64',
    });
  });

  test('pages that are thumbnails are no frames, whatever the writer calls the largest', async () => {
    const pixels = source.data as Uint8Array;
    const half = { ...source, width: 48, height: 32, data: source.data.slice(0, 48 * 32 * 3) };
    const full = { entries: baseline(source, 2, [8, 8, 8]), pixels };
    const marked = { entries: baseline(source, 2, [8, 8, 8], [[254, 4, [1]]]), pixels };
    const small = {
      entries: baseline(half, 2, [8, 8, 8], [[254, 4, [1]]]),
      pixels: half.data as Uint8Array,
    };
    const clip = await framesOf(tiffOf([full, small, full, small]));
    expect(clip.frames.map(({ width }) => width)).toEqual([96, 96]);
    expect(clip.notes).toEqual(['its thumbnails are not kept: 2 of 4 pages']);
    expect((await framesOf(tiffOf([marked, marked]))).frames).toHaveLength(2);
    for (const first of [full, marked]) {
      const picture = tiffOf([first, small, small]);
      expect(isAnimated(picture, { pages: true })).toBe(false);
      const path = join(folder, 'pyramid.tif');
      await writeFile(path, picture);
      expect((await framesOf([path, path])).frames).toHaveLength(2);
    }
  });

  test('pages are turned by their orientation', async () => {
    const page = {
      entries: baseline(source, 2, [8, 8, 8], [[274, 3, [6]]]),
      pixels: source.data as Uint8Array,
    };
    const { frames } = await framesOf(tiffOf([page, page]));
    expect(frames.map(({ width, height }) => [width, height])).toEqual([
      [64, 96],
      [64, 96],
    ]);
    expect([...frames[1]!.data.slice(63 * 3, 64 * 3)]).toEqual([...source.data.slice(0, 3)]);
  });

  testWith('transicc')('frames with a profile become sRGB, as in lcms, with a note', async () => {
    await mkdir(join(folder, 'wide'));
    const icc = await wideProfile();
    await writeFile(join(folder, 'wide.icc'), icc);
    for (const name of ['1.png', '2.png'])
      await writeFile(join(folder, 'wide', name), (await encodeImage(source, { metadata: { icc } })).bytes);
    const { frames, notes } = await framesOf(join(folder, 'wide'));
    expect(notes).toEqual(['colours converted to sRGB by the ICC profile: a sequence has none']);
    const places = [0, 700, 2500, 4000, 6143];
    const colours = places.map(i => [...source.data.slice(3 * i, 3 * i + 3)]);
    const expected = inSrgb(join(folder, 'wide.icc'), colours);
    for (const [k, i] of places.entries())
      for (let c = 0; c < 3; c++) {
        const theirs = Math.min(255, Math.max(0, expected[k]![c]!));
        expect(Math.abs(frames[0]!.data[3 * i + c]! - theirs)).toBeLessThanOrEqual(2);
      }
  });
});

describe('An animated AVIF', () => {
  // Two frames of one colour each, red and blue, at 10 a second, by avifenc 0.11.
  const file = join(import.meta.dirname, 'two-frames.avif');

  test('is refused as a clip, with its name and advice', async () => {
    for (const input of [file, await readFile(file)])
      await expect(readClip(input)).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        reason:
          'not supported: the frames of an animated AVIF: only its still picture can be read; convert it to an animated WebP, PNG or GIF',
      });
  });

  test('gives its still picture, and the other frames are counted', async () => {
    const { raster, notes } = await readImage(file);
    expect([raster.width, raster.height, notes]).toEqual([
      24,
      16,
      ['the first of 2 frames of an animated AVIF; the others are not kept'],
    ]);
    const [red, green, blue] = raster.data;
    expect(Math.max(Math.abs(red! - 200), Math.abs(green! - 40), Math.abs(blue! - 30))).toBeLessThan(12);
  });
});

describe('An animated GIF matches browsers:', () => {
  const screen = { width: 12, height: 8 };
  const at = (frame: Raster, x: number, y: number): number[] => [
    ...frame.data.slice(frame.channels * (y * 12 + x), frame.channels * (y * 12 + x + 1)),
  ];
  const clear = [0, 0, 0, 0];
  const [red, green, blue] = [
    [255, 0, 0, 255],
    [0, 255, 0, 255],
    [0, 0, 255, 255],
  ];

  test('disposed areas are transparent or restored, and what lies outside the screen is cut off', async () => {
    const gif = gifOf(screen, [
      { left: 2, top: 2, width: 4, height: 4, colour: 0, disposal: 1 },
      { left: 4, top: 4, width: 4, height: 4, colour: 1, disposal: 2 },
      { left: 0, top: 0, width: 12, height: 2, colour: 2, disposal: 3 },
      { left: 10, top: 6, width: 8, height: 8, colour: 1 },
    ]);
    const { frames } = await framesOf(gif);
    expect(frames.map(({ channels }) => channels)).toEqual([4, 4, 4, 4]);
    expect([at(frames[0]!, 0, 0), at(frames[0]!, 2, 2)]).toEqual([clear, red]);
    expect([at(frames[1]!, 4, 4), at(frames[1]!, 3, 3)]).toEqual([green, red]);
    expect([at(frames[2]!, 4, 4), at(frames[2]!, 3, 3), at(frames[2]!, 0, 0)]).toEqual([clear, red, blue]);
    expect([at(frames[3]!, 0, 0), at(frames[3]!, 11, 7), at(frames[3]!, 3, 3)]).toEqual([clear, green, red]);
  });

  test('a screen that is covered from the start has no alpha', async () => {
    const whole = { left: 0, top: 0, width: 12, height: 8 };
    const { frames } = await framesOf(
      gifOf(screen, [
        { ...whole, colour: 0 },
        { ...whole, colour: 1, disposal: 2 },
        { ...whole, colour: 2 },
      ]),
    );
    expect(frames.map(({ channels }) => channels)).toEqual([3, 3, 3]);
  });

  test('a frame whose codes end early is named', async () => {
    const gif = gifOf(screen, [
      { left: 0, top: 0, width: 12, height: 8, colour: 0 },
      { left: 0, top: 0, width: 2, height: 2, colour: 1 },
    ]);
    const place = gif.lastIndexOf(Buffer.from([0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0]));
    gif[place + 7] = 9;
    await expect(readClip(gif, { name: 'a.gif' })).rejects.toMatchObject({
      code: 'DAMAGED',
      reason: 'frame 2: its pixels are not all there',
    });
  });
});
