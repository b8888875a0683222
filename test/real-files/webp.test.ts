import { expect, test } from 'vitest';
import { joinRiff, type RiffChunk, splitRiff } from '../../src/io/formats/riff-chunks.js';
import { encodeImage, readImage } from '../../src/io/index.js';
import { exifOrientation } from '../../src/io/metadata/exif.js';
import { exifWith, scene, wideProfile } from './make.js';

const make = [271, 2, [0x43, 0x61, 0x6d, 0]] as const;
const exif = exifWith([make, [274, 3, [6]]]);

/** The chunks of the scene with EXIF and a profile, the header first. */
async function chunksOf(): Promise<[RiffChunk, ...RiffChunk[]]> {
  const metadata = { exif, icc: await wideProfile() };
  const [header, ...rest] = splitRiff((await encodeImage(scene(), { format: 'webp', metadata })).bytes);
  return [header!, ...rest];
}

test('what the header of a WebP announces counts', async () => {
  const { raster, metadata, notes } = await readImage(joinRiff(await chunksOf()));
  expect([raster.width, metadata.icc, notes]).toEqual([scene().height, await wideProfile(), []]);
});

test('what it does not announce changes neither orientation nor colour; EXIF is kept with orientation reset', async () => {
  const [header, ...rest] = await chunksOf();
  const silent = { type: 'VP8X', data: new Uint8Array(header.data) };
  silent.data[0] = 0;
  for (const chunks of [[silent, ...rest], rest.filter(({ type }) => type !== 'ICCP')]) {
    const { raster, metadata, notes } = await readImage(joinRiff(chunks));
    expect(raster.data).toEqual(scene().data);
    expect([metadata.icc, exifOrientation(metadata.exif!)]).toEqual([undefined, 1]);
    expect(metadata.exif).toEqual(new Uint8Array(exifWith([make, [274, 3, [1]]])));
    expect(notes).toEqual(
      chunks.some(({ type }) => type === 'ICCP')
        ? ['its ICC profile, which its header does not announce, is not kept']
        : [],
    );
  }
});

test('a single byte after the end is counted as one', async () => {
  const { bytes } = await encodeImage(scene(), { format: 'webp' });
  expect((await readImage(Buffer.concat([bytes, Buffer.alloc(1)]))).notes).toEqual([
    '1 byte after its end is not kept',
  ]);
});
