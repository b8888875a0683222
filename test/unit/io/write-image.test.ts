import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { encodeImage, IMAGE_FORMATS, readImage, resizeRaster, writeImage } from '../../../src/io/index.js';
import { bytesOf, exifOf, picture, rgbProfile, smooth, temporaryFolder, xmpOf } from './pictures.js';

const folder = await temporaryFolder();
const metadata = { icc: await rgbProfile(), exif: exifOf(1, 'MM'), xmp: xmpOf('<a/>') };

test('Invalid rasters, formats, sizes and EXIF are refused', async () => {
  const raster = smooth(16, 16);
  await expect(encodeImage(null as never)).rejects.toMatchObject({ code: 'RASTER' });
  await expect(encodeImage({ ...raster, data: raster.data.slice(5) })).rejects.toMatchObject({
    code: 'RASTER',
  });
  await expect(encodeImage(raster, { format: 'jpg' as never })).rejects.toMatchObject({
    code: 'OPTION',
    field: 'format',
  });
  for (const width of [0, -5, Number.NaN])
    await expect(resizeRaster(raster, { width })).rejects.toMatchObject({ field: 'width' });
  const { notes } = await encodeImage(raster, { format: 'webp', metadata: { exif: new Uint8Array(5) } });
  expect(notes).toEqual(['the EXIF is damaged (5 bytes): not attached']);
});

test('PNG, TIFF and lossless WebP restore 8-bit pixels exactly', async () => {
  for (const channels of [1, 2, 3, 4] as const)
    for (const format of ['png', 'tiff', 'webp'] as const) {
      const source = picture(17, 9, channels, 8, channels);
      const { raster } = await readImage((await encodeImage(source, { format })).bytes);
      if (format !== 'webp') expect(raster.channels).toBe(channels);
      // WebP has no grey: take one of its equal channels, and alpha
      const step = raster.channels;
      const of = (at: number): number => raster.data[at]!;
      const back =
        step === channels
          ? [...raster.data]
          : [...source.data].map((_, i) =>
              channels === 1 ? of(i * step) : of(Math.floor(i / 2) * step + (i % 2 === 1 ? step - 1 : 0)),
            );
      expect(back, `${format} ${channels}`).toEqual([...source.data]);
    }
});

test('16 bits are rounded for formats without them, with a note', async () => {
  const samples = Uint16Array.of(0, 128, 129, 65_406, 65_407, 65_535);
  const source = { width: 6, height: 1, channels: 1, bitDepth: 16, data: samples } as const;
  const { bytes, notes } = await encodeImage(source, { format: 'webp' });
  expect(notes).toEqual(['webp has 8 bits a sample: 16 became 8']);
  const { raster } = await readImage(bytes);
  expect([...raster.data].filter((_, i) => i % 3 === 0)).toEqual([0, 0, 1, 254, 255, 255]);
});

test('16 bits become 12 in AVIF, close to what they were', async () => {
  const data = Uint16Array.from(
    { length: 32 * 32 * 3 },
    (_, i) => 20_000 + 10 * (i % 96) + 100 * Math.floor(i / 96),
  );
  const { bytes, notes } = await encodeImage(
    { width: 32, height: 32, channels: 3, bitDepth: 16, data },
    { format: 'avif' },
  );
  expect(notes).toContain('AVIF has 12 bits a sample at most: 16 became 12');
  const { raster } = await readImage(bytes);
  expect(raster.bitDepth).toBe(16);
  const worst = Math.max(...raster.data.map((sample, i) => Math.abs(sample - data[i]!)));
  expect(worst).toBeLessThan(600);
});

test('Alpha is flattened onto white in JPEG, with a note', async () => {
  const source = { width: 8, height: 8, channels: 4, bitDepth: 8, data: new Uint8Array(256) } as const;
  const { bytes, notes } = await encodeImage(source, { format: 'jpeg' });
  expect(notes[0]).toBe('JPEG has no alpha: laid on white');
  const { raster } = await readImage(bytes);
  expect([...raster.data].every(sample => sample === 255)).toBe(true);
});

test('Every format carries ICC, EXIF and XMP, or a note names what it does not', async () => {
  for (const format of IMAGE_FORMATS)
    for (const bitDepth of [8, 16] as const) {
      const { bytes, notes } = await encodeImage(picture(16, 16, 3, bitDepth), { format, metadata });
      const found = await sharp(bytes).metadata();
      expect(Buffer.from(found.icc!).equals(Buffer.from(metadata.icc)), `${format} ICC`).toBe(true);
      expect(found.xmp?.toString('latin1'), `${format} XMP`).toContain('<a/>');
      // TIFF stores it in its own tags
      expect(found.exif === undefined, `${format} EXIF`).toBe(format === 'tiff');
      expect(notes.filter(note => /EXIF|XMP|ICC/.test(note))).toEqual([]);
    }
});

test('Metadata do not change pixels on their way through the formats', async () => {
  const source = picture(16, 16, 3, 16);
  const { bytes } = await encodeImage(source, { format: 'tiff', metadata });
  expect(bytesOf((await readImage(bytes)).raster).equals(bytesOf(source))).toBe(true);
});

test('A profile for another colour space is not attached, with a note', async () => {
  const { bytes, notes } = await encodeImage(picture(4, 4, 1, 8), { metadata: { icc: metadata.icc } });
  expect(notes).toEqual(['the ICC profile is for RGB, not for GRAY: not attached']);
  expect((await readImage(bytes)).metadata.icc).toBeUndefined();
});

test('PNG by pngjs has the metadata too, and pngjs reads the pixels that sharp wrote', async () => {
  const source = picture(5, 4, 4, 8);
  const byPngjs = await encodeImage(source, { engine: 'pngjs', metadata });
  expect((await sharp(byPngjs.bytes).metadata()).icc).toEqual(Buffer.from(metadata.icc));
  const bySharp = await encodeImage(source, { engine: 'sharp', metadata });
  expect([...PNG.sync.read(Buffer.from(bySharp.bytes)).data]).toEqual([...source.data]);
});

test('Without sharp other formats are refused, and so are sizes that a format cannot hold', async () => {
  await expect(encodeImage(smooth(), { engine: 'pngjs', format: 'webp' })).rejects.toMatchObject({
    code: 'UNSUPPORTED',
  });
  const wide = picture(16_384, 1, 1, 8);
  await expect(encodeImage(wide, { format: 'webp' })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});

test('Existing files are replaced by default', async () => {
  const path = join(folder, 'twice.png');
  await writeImage(path, smooth());
  await writeImage(path, smooth(8, 8));
  expect((await readImage(path)).raster.width).toBe(8);
  await expect(writeImage(path, smooth(), {}, { force: false })).rejects.toMatchObject({ code: 'EXISTS' });
  expect((await readImage(path)).raster.width).toBe(8);
});

test('The extension decides the format of a path; a stream gets PNG', async () => {
  const path = join(folder, 'a.TIF');
  await writeImage(path, smooth());
  expect((await readFile(path)).subarray(0, 2).toString()).toMatch(/II|MM/);
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writeImage(stream, smooth());
  expect((await readImage(Buffer.concat(chunks))).format).toBe('png');
});

test('No picture is written under a name of another kind, in an unknown format or from an invalid raster', async () => {
  const path = join(folder, 'a.bmp');
  await expect(writeImage(path, smooth())).rejects.toMatchObject({ code: 'UNSUPPORTED', path });
  await writeImage(path, smooth(), {}, { format: 'png' });
  expect((await readImage(path)).format).toBe('png');
  await expect(encodeImage(smooth(), { format: 'bmp' as 'png' })).rejects.toMatchObject({
    code: 'OPTION',
    field: 'format',
    got: 'bmp',
  });
  await expect(encodeImage({ ...smooth(8, 8), width: 7 })).rejects.toMatchObject({ code: 'RASTER' });
});
