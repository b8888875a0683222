import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { av1Colours } from '../../src/io/formats/av1-sequence.js';
import { readImage } from '../../src/io/index.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { avifColours, avifToPng, testWith } from './judges.js';

const folder = await temporaryFolder();

/** A file beside this one whose nclx box says narrow range. */
async function narrow(name: string): Promise<Uint8Array> {
  const avif = await readFile(join(import.meta.dirname, name));
  avif[avif.indexOf('nclx') + 10] = 0;
  return avif;
}

const cut = (value: number, peak: number): number => Math.min(peak, Math.max(0, Math.round(value)));

test('a monochrome AVIF of narrow range has black and white where viewers have them', async () => {
  const { raster, notes } = await readImage(await narrow('grey.avif'));
  expect([raster.channels, raster.bitDepth, notes]).toEqual([1, 8, []]);
  const wanted = Array.from({ length: 64 }, (_, i) => cut(((4 * i - 16) * 255) / 219, 255));
  expect([...raster.data]).toEqual(wanted);
});

test('a monochrome AVIF of narrow range and 10 bits does, too', async () => {
  // 8 x 8 without loss, each sample by 16 more than the one before, by `avifenc -l -y 400 -d 10`
  const full = await readImage(join(import.meta.dirname, 'grey-10.avif'));
  const codes = [...full.raster.data].map(value => value >> 6);
  expect(codes).toEqual(Array.from({ length: 64 }, (_, i) => 16 * i));
  const { raster, notes } = await readImage(await narrow('grey-10.avif'));
  expect([raster.channels, raster.bitDepth, notes]).toEqual([1, 16, []]);
  expect([...raster.data]).toEqual(codes.map(code => cut(((code - 64) * 65_535) / 876, 65_535)));
});

test('pixels that are not square turn with the picture', async () => {
  // 16 x 8, by `avifenc --pasp 2,1`, and the same with `--irot 1`
  for (const [name, ratio] of [
    ['wide-pixels.avif', '2 : 1'],
    ['wide-pixels-turned.avif', '1 : 2'],
  ] as const)
    expect((await readImage(join(import.meta.dirname, name))).notes).toEqual([
      `its pixels are not square (${ratio} wide to high): kept as if they were`,
    ]);
});

/** A file beside this one without its colour box: only the AV1 stream says what its colours are. */
async function bare(name: string): Promise<Uint8Array> {
  const avif = await readFile(join(import.meta.dirname, name));
  avif.write('free', avif.indexOf('colrnclx'), 'latin1');
  return avif;
}

testWith('avifdec')('colours that only the AV1 stream names are kept as if a colour box did', async () => {
  // 16 x 8, by `avifenc -y 444 -r full --cicp 12/13/6` and `-d 10 -r limited --cicp 9/16/9`
  for (const [name, codes, colours] of [
    ['p3.avif', ['12', '13', '6', 'Full'], 'Display P3'],
    ['bt2020-pq.avif', ['9', '16', '9', 'Limited'], 'BT.2020 PQ (HDR)'],
  ] as const) {
    const path = join(folder, name);
    await writeFile(path, await bare(name));
    expect(avifColours(path)).toEqual(codes);
    const without = await readImage(path);
    const boxed = await readImage(join(import.meta.dirname, name));
    expect(without.raster).toEqual(boxed.raster);
    expect(without.metadata.icc).toEqual(boxed.metadata.icc);
    expect(without.notes.join()).toContain(`its AV1 sequence header names, ${colours}`);
  }
});

testWith('avifdec')(
  'a monochrome AVIF whose stream alone says narrow range is as libavif has it',
  async () => {
    // 8 x 8, by `avifenc -l -y 400 -d 10 -r limited`
    const path = join(folder, 'narrow.avif');
    await writeFile(path, await bare('grey-narrow-10.avif'));
    avifToPng(path, join(folder, 'narrow.png'));
    const [ours, theirs] = await Promise.all([path, join(folder, 'narrow.png')].map(file => readImage(file)));
    expect(ours!.raster.channels).toBe(1);
    const greens = theirs!.raster.data.filter((_, i) => i % theirs!.raster.channels === 1);
    expect(greens.length).toBe(64);
    for (const [i, value] of ours!.raster.data.entries())
      expect(Math.abs(value - greens[i]!)).toBeLessThan(70);
  },
);

test('colours are read from a sequence header that has everything', () => {
  // AV1 5.5.1, width of a field and its value
  const fields = [
    '3:0 1:0 1:0', // profile, still, reduced
    '1:1 32:1 32:25 1:1 3:2', // timing, its ticks a long code of 3 bits
    '1:1 5:9 32:1 10:0', // a model, whose delays have 10 bits
    '1:1 5:1', // delays of display, two operating points
    '12:1 5:8 1:0 1:1 10:5 10:5 1:0 1:1 4:3',
    '12:1 5:4 1:0 1:0',
    '4:3 4:2 4:15 3:7', // width and height
    '1:1 7:0 3:0 4:0 1:1 2:0 1:0 1:1 1:0 1:1 3:6 3:0', // frame numbers and tools
    '1:1 1:0 1:1 8:9 8:18 8:9 1:0', // 10 bits, BT.2020, HLG, narrow range
  ];
  const bits = fields
    .flatMap(line => line.split(' '))
    .map(field => field.split(':').map(Number) as [number, number])
    .map(([width, value]) => value.toString(2).padStart(width, '0'))
    .join('');
  const header = bits.match(/.{1,8}/g)!.map(byte => Number.parseInt(byte.padEnd(8, '0'), 2));
  const delimiter = [0x12, 0];
  const units = Uint8Array.of(...delimiter, 0x0a, 0x80 | header.length, 0, ...header);
  expect(av1Colours(units)).toEqual({ primaries: 9, transfer: 18, narrow: true });
  for (let cut = 0; cut < units.length - 1; cut++) expect(av1Colours(units.subarray(0, cut))).toBeUndefined();
});
