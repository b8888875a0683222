import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/bits/crc32.js';
import type { SampleCount } from '../../../src/core/raster.js';
import { encode } from '../../../src/encode/encode.js';
import { insertMetadata, type PngChunk, splitChunks } from '../../../src/io/formats/png-chunks.js';
import {
  decodeClip,
  decodeFile,
  type Engine,
  encodeFile,
  encodeImage,
  readImage,
} from '../../../src/io/index.js';
import { bytesOf, exifOf, picture, piped, rgbProfile, smooth, temporaryFolder, xmpOf } from './pictures.js';

const folder = await temporaryFolder();
const png = async (channels: SampleCount, bitDepth: 8 | 16, engine: Engine = 'pngjs') =>
  (await encodeImage(picture(13, 7, channels, bitDepth), { engine })).bytes;

for (const engine of ['sharp', 'pngjs'] as const)
  for (const bitDepth of [8, 16] as const)
    for (const channels of [1, 2, 3, 4] as const)
      test(`${engine} reads ${channels} channels of ${bitDepth} bits as they are, whoever wrote them`, async () => {
        for (const writer of ['sharp', 'pngjs'] as const) {
          const { raster, notes } = await readImage(await png(channels, bitDepth, writer), { engine });
          expect({ ...raster, data: undefined }).toEqual({
            width: 13,
            height: 7,
            channels,
            bitDepth,
            data: undefined,
          });
          expect(bytesOf(raster).equals(bytesOf(picture(13, 7, channels, bitDepth)))).toBe(true);
          expect(notes).toEqual([]);
        }
      });

test('Interlaced PNGs of any small size are read by both engines alike', async () => {
  for (let width = 1; width <= 9; width++)
    for (const height of [1, 2, 5, 8]) {
      const source = picture(width, height, 3, 8, width * height);
      const bytes = await piped(source).png({ progressive: true }).toBuffer();
      for (const engine of ['sharp', 'pngjs'] as const)
        expect(bytesOf((await readImage(bytes, { engine })).raster).equals(bytesOf(source))).toBe(true);
    }
});

test('16-bit TIFF stays 16 bits, grey and with alpha too', async () => {
  for (const channels of [1, 2, 3, 4] as const) {
    const source = picture(9, 5, channels, 16, 3);
    const { raster } = await readImage((await encodeImage(source, { format: 'tiff' })).bytes);
    expect([raster.channels, raster.bitDepth]).toEqual([channels, 16]);
    expect(bytesOf(raster).equals(bytesOf(source))).toBe(true);
  }
});

test('AVIF of 10 and 12 bits becomes 16 bits whose white is white', async () => {
  for (const bitdepth of [10, 12] as const) {
    const white = new Uint16Array(16 * 16 * 3).fill(65_535);
    const avif = await sharp(white, { raw: { width: 16, height: 16, channels: 3 } })
      .toColourspace('rgb16')
      .avif({ bitdepth, quality: 100 })
      .toBuffer();
    const { raster, format } = await readImage(avif);
    expect([format, raster.bitDepth]).toEqual(['heif', 16]);
    expect([...raster.data].every(sample => sample === 65_535)).toBe(true);
  }
});

test('A palette is expanded, with its transparency, to RGB or RGBA', async () => {
  const opaque = await piped(smooth()).png({ palette: true }).toBuffer();
  expect((await readImage(opaque)).raster.channels).toBe(3);
  const holed = await piped(picture(8, 8, 4, 8))
    .png({ palette: true })
    .toBuffer();
  expect((await readImage(holed)).raster.channels).toBe(4);
  const [bySharp, byPngjs] = await Promise.all(
    (['sharp', 'pngjs'] as const).map(engine => readImage(holed, { engine })),
  );
  expect(bytesOf(bySharp!.raster).equals(bytesOf(byPngjs!.raster))).toBe(true);
});

test('JPEG, WebP, AVIF, TIFF, GIF and SVG are recognised by content, not by name', async () => {
  const source = piped(smooth());
  const files: [string, Buffer][] = [
    ['jpeg', await source.clone().jpeg().toBuffer()],
    ['webp', await source.clone().webp().toBuffer()],
    ['heif', await source.clone().avif().toBuffer()],
    ['tiff', await source.clone().tiff().toBuffer()],
    ['gif', await source.clone().gif().toBuffer()],
    [
      'svg',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="16"><rect width="24" height="16"/></svg>',
      ),
    ],
  ];
  for (const [format, bytes] of files) {
    const path = join(folder, `${format}.png`);
    await writeFile(path, bytes);
    const image = await readImage(path);
    expect([image.format, image.raster.width, image.raster.height, image.raster.channels]).toEqual([
      format,
      24,
      16,
      3,
    ]);
  }
});

test('Grey JPEG has one channel', async () => {
  const jpeg = await piped(smooth()).toColourspace('b-w').jpeg().toBuffer();
  expect((await readImage(jpeg)).raster.channels).toBe(1);
});

test('An .lrk file is read as a picture, whatever its name', async () => {
  const path = join(folder, 'really-lrk.png');
  await writeFile(path, encode(smooth(), { metadata: { xmp: xmpOf() } }));
  const { raster, metadata, format } = await readImage(path);
  expect([format, raster.width, raster.height, raster.channels]).toEqual(['lrk', 24, 16, 3]);
  expect(Buffer.from(metadata.xmp!).equals(Buffer.from(xmpOf()))).toBe(true);
});

test('ICC, EXIF and XMP are kept byte for byte, the profile does not change pixels, and --strip drops them', async () => {
  const metadata = { icc: await rgbProfile(), exif: exifOf(1, 'MM'), xmp: xmpOf('<a/>') };
  const tagged = insertMetadata(await png(3, 8), metadata);
  for (const engine of ['sharp', 'pngjs'] as const) {
    const image = await readImage(tagged, { engine });
    for (const kind of ['icc', 'exif', 'xmp'] as const)
      expect(
        Buffer.from(image.metadata[kind]!).equals(Buffer.from(metadata[kind])),
        `${engine} ${kind}`,
      ).toBe(true);
    expect(bytesOf(image.raster).equals(bytesOf(picture(13, 7, 3, 8)))).toBe(true);
    expect((await readImage(tagged, { engine, strip: true })).metadata).toEqual({});
  }
});

test('Both engines turn the pixels by every EXIF orientation alike, and reset the tag', async () => {
  const plain = await png(3, 16);
  for (let orientation = 1; orientation <= 8; orientation++) {
    const tagged = insertMetadata(plain, { exif: exifOf(orientation) });
    const [bySharp, byPngjs] = await Promise.all(
      (['sharp', 'pngjs'] as const).map(engine => readImage(tagged, { engine })),
    );
    expect([bySharp!.raster.width, bySharp!.raster.height]).toEqual(orientation < 5 ? [13, 7] : [7, 13]);
    expect(byPngjs!.raster.width).toBe(bySharp!.raster.width);
    expect(bytesOf(bySharp!.raster).equals(bytesOf(byPngjs!.raster)), `orientation ${orientation}`).toBe(
      true,
    );
    for (const image of [bySharp!, byPngjs!]) expect([...image.metadata.exif!]).toEqual([...exifOf(1)]);
    expect((await readImage(tagged, { strip: true })).raster.width).toBe(bySharp!.raster.width);
  }
});

describe('Content that cannot be kept is named:', () => {
  test('frames after the first', async () => {
    const frames = sharp({ create: { width: 4, height: 8, channels: 3, background: 'red', pageHeight: 4 } });
    const gif = await frames
      .composite([
        { input: { create: { width: 2, height: 2, channels: 3, background: 'blue' } }, top: 5, left: 1 },
      ])
      .gif()
      .toBuffer();
    const { raster, notes } = await readImage(gif);
    expect([raster.width, raster.height]).toEqual([4, 4]);
    expect(notes).toEqual(['the first of 2 frames; the others are not kept']);
  });

  test('CMYK and its profile', async () => {
    const jpeg = await piped(smooth()).withIccProfile('cmyk').jpeg().toBuffer();
    const { raster, metadata, notes } = await readImage(jpeg);
    expect(raster.channels).toBe(3);
    expect(metadata.icc).toBeUndefined();
    expect(notes).toEqual(['CMYK converted to sRGB by its ICC profile, which is not kept']);
  });

  test('an unusual gamma, unless a profile outranks it', async () => {
    const { PNG } = await import('pngjs');
    const dark = new PNG({ width: 2, height: 2 }) as import('pngjs').PNG & { gamma: number };
    dark.gamma = 1;
    const bytes = PNG.sync.write(dark);
    expect((await readImage(bytes)).notes).toEqual(['its gamma of 1 (gAMA) is kept as an ICC profile']);
    expect((await readImage(insertMetadata(bytes, { icc: await rgbProfile() }))).notes).toEqual([]);
  });

  test('a thumbnail that is not turned with its picture', async () => {
    const turned = insertMetadata(await png(3, 8), { exif: exifOf(6, 'II', true) });
    expect((await readImage(turned)).notes).toEqual(['the EXIF thumbnail is kept but not turned']);
    expect((await readImage(turned, { strip: true })).notes).toEqual([]);
  });

  test('floating-point samples', async () => {
    const tiff = await piped(smooth()).toColourspace('scrgb').tiff({ compression: 'none' }).toBuffer();
    const { raster, notes } = await readImage(tiff);
    expect(raster.bitDepth).toBe(16);
    expect(notes).toContain(
      'floating-point samples taken for linear light and cut to 16 bits of sRGB: values beyond 0 to 1 are not kept',
    );
  });
});

describe('Bad input has a code:', () => {
  test('a missing file, a folder, no bytes, not an image', async () => {
    await mkdir(join(folder, 'folder.png'));
    await writeFile(join(folder, 'empty.png'), '');
    await writeFile(join(folder, 'text.png'), 'a text, not a picture');
    await expect(readImage(join(folder, 'none.png'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
      path: join(folder, 'none.png'),
    });
    await expect(readImage(join(folder, 'text.png', 'a.png'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(readImage(join(folder, 'folder.png'))).rejects.toMatchObject({ code: 'IS_DIRECTORY' });
    await expect(readImage(join(folder, 'empty.png'))).rejects.toMatchObject({ code: 'EMPTY' });
    await expect(readImage(join(folder, 'text.png'))).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    await expect(readImage(Buffer.from('text'), { engine: 'pngjs' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  test.skipIf(!existsSync('/proc/self/mem'))('a file that cannot be read', async () => {
    await expect(readImage('/proc/self/mem')).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  test('a truncated picture', async () => {
    const jpeg = await piped(smooth(200, 100)).jpeg().toBuffer();
    await expect(readImage(jpeg.subarray(0, jpeg.length - 100))).rejects.toMatchObject({ code: 'DAMAGED' });
    const whole = await png(3, 8);
    for (const engine of ['sharp', 'pngjs'] as const)
      await expect(readImage(whole.subarray(0, 150), { engine })).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  test('a PNG with missing scanlines, which pngjs alone would fill with garbage', async () => {
    const chunks = splitChunks(await png(3, 8));
    const whole = 7 * (1 + 13 * 3);
    for (const length of [0, 1, 40, whole - 1, whole + 1]) {
      const bytes = joinPng(chunks, deflateSync(Buffer.alloc(length)));
      await expect(readImage(bytes, { engine: 'pngjs' }), `${length}`).rejects.toMatchObject({
        code: 'DAMAGED',
      });
    }
    const bytes = joinPng(chunks, deflateSync(Buffer.alloc(whole)));
    expect([...(await readImage(bytes, { engine: 'pngjs' })).raster.data].every(sample => sample === 0)).toBe(
      true,
    );
    const none = Buffer.concat([PNG_SIGNATURE, chunks[0]!.whole, chunks.at(-1)!.whole]);
    for (const engine of ['sharp', 'pngjs'] as const)
      await expect(readImage(none, { engine })).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  test('more pixels than allowed, before they are decoded', async () => {
    for (const engine of ['sharp', 'pngjs'] as const) {
      await expect(readImage(await png(3, 8), { engine, maxPixels: 90 })).rejects.toMatchObject({
        code: 'LIMIT',
      });
      await expect(readImage(await png(3, 8), { engine, maxPixels: 91 })).resolves.toBeDefined();
    }
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="70000" height="2"><rect width="5" height="2"/></svg>';
    await expect(readImage(Buffer.from(svg))).rejects.toMatchObject({ code: 'LIMIT' });
  });
});

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** The PNG of these chunks with another IDAT. */
function joinPng(chunks: readonly PngChunk[], idat: Uint8Array): Buffer {
  const whole = Buffer.alloc(12 + idat.length);
  whole.writeUInt32BE(idat.length, 0);
  whole.write('IDAT', 4, 'latin1');
  whole.set(idat, 8);
  whole.writeUInt32BE(crc32(whole, 4, 8 + idat.length), 8 + idat.length);
  return Buffer.concat([
    PNG_SIGNATURE,
    ...chunks.map(chunk => (chunk.type === 'IDAT' ? whole : chunk.whole)),
  ]);
}

test('Anything but a path or bytes is refused', async () => {
  const buffer = new ArrayBuffer(8) as unknown as Uint8Array;
  const expected = { code: 'OPTION', field: 'source', got: 'ArrayBuffer' };
  for (const call of [
    () => readImage(buffer),
    () => encodeFile(buffer, undefined),
    () => decodeFile(buffer, undefined),
    () => decodeClip(buffer, join(folder, 'none')),
  ])
    await expect(call()).rejects.toMatchObject(expected);
});
