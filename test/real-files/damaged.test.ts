import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { otherFormat } from '../../src/io/formats/other-formats.js';
import { joinChunks, makeChunk, splitChunks } from '../../src/io/formats/png-chunks.js';
import { numbersOf, openTiff, readDirectory } from '../../src/io/formats/tiff-structure.js';
import { encodeClip, expandInputs, readClip, readImage } from '../../src/io/index.js';
import { loaderError } from '../../src/io/read/refusals.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { gifOfParts } from './animations/gif.js';
import { baseline, type Entry, jpegWith, latin, pipeOf, pngWith, scene, tiffOf } from './make.js';

const folder = await temporaryFolder();
const source = scene();
const refused = (bytes: Uint8Array) =>
  readImage(bytes).then(
    () => 'read',
    ({ code, reason }) => `${code}: ${reason}`,
  );
const image = { left: 0, top: 0, width: 4, height: 3, bits: 2, indices: new Array<number>(12).fill(1) };
const palette = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);

describe('Damage is described in our own words:', () => {
  test('a TIFF without a directory at the offset in its header', async () => {
    expect(await refused(Buffer.from('II*\0\x40\0\0\0and nothing more', 'latin1'))).toBe(
      'DAMAGED: it has no directory of tags at byte 64',
    );
  });

  test('a TIFF whose strips lie beyond its end, however often the loader complains', async () => {
    const entries: Entry[] = [
      ...baseline(source, 2, [8, 8, 8]).filter(([tag]) => tag !== 278),
      [278, 4, [16]],
      [273, 4, [90_000, 90_000, 90_000, 90_000]],
      [279, 4, [4608, 4608, 4608, 4608]],
    ];
    expect(await refused(tiffOf([{ entries }]))).toMatch(
      /^DAMAGED: its pixels cannot be read: [^\n]{1,120}$/,
    );
  });

  test('a TIFF with a tile beyond its end, or with invalid codes', async () => {
    const tile = { tile: true, tileWidth: 32, tileHeight: 32 } as const;
    const tiff = await pipeOf(source)
      .tiff({ ...tile, compression: 'deflate' })
      .toBuffer();
    const structure = openTiff(tiff)!;
    const { entries } = readDirectory(structure, structure.first)!;
    const offsets = entries.find(({ tag }) => tag === 324)!;
    const beyond = Buffer.from(tiff);
    beyond.writeUInt32LE(90_000, offsets.at + 12);
    expect(await refused(beyond)).toMatch(/^DAMAGED: its pixels cannot be read: [^\n]{1,120}$/);
    const changed = Buffer.from(tiff);
    changed.fill(0xff, numbersOf(structure, offsets)[3]! + 20, numbersOf(structure, offsets)[3]! + 24);
    expect(await refused(changed)).toMatch(/^DAMAGED: its pixels cannot be read: [^\n]{1,120}$/);
    expect(await refused(tiff)).toBe('read');
  });

  test('a TIFF whose next page cannot be found', async () => {
    const bytes = tiffOf([{ entries: baseline(source, 2, [8, 8, 8]), pixels: source.data as Uint8Array }]);
    const count = bytes.readUInt16LE(8);
    bytes.writeUInt32LE(0xffffff, 10 + 12 * count);
    expect(await refused(bytes)).toBe(
      'DAMAGED: its pixels cannot be read: what it points to lies beyond the end of the file',
    );
  });

  test('a PNG that is cut short, has a changed chunk, no pixels, no header or too few scanlines', async () => {
    const png = await pngWith([]);
    const chunks = splitChunks(png);
    const [header, end] = [chunks[0]!, chunks.at(-1)!];
    const data = chunks.filter(({ type }) => type === 'IDAT');
    const changed = Buffer.from(png);
    changed[changed.indexOf('IDAT') + 40]! ^= 1;
    const taller = Buffer.from(header.data);
    taller.writeUInt32BE(65, 4);
    expect(await refused(png.subarray(0, png.length - 400))).toMatch(
      /it is cut short in the chunk at byte \d+$/,
    );
    expect(await refused(changed)).toMatch(/its chunk IDAT differs from its checksum$/);
    expect(await refused(joinChunks([header, end]))).toMatch(/it has none \(no chunk IDAT\)$/);
    expect(await refused(joinChunks([...data, end]))).toMatch(/a PNG begins with its header, IHDR$/);
    expect(await refused(joinChunks([makeChunk('IHDR', taller), ...data, end]))).toMatch(
      /18496 bytes of scanlines, expected 18785$/,
    );
  });

  test('a PNG with an invalid header or without its palette', async () => {
    const [header, ...rest] = splitChunks(await pngWith([]));
    const withHeader = (change: (data: Buffer) => void): Uint8Array => {
      const data = Buffer.from(header!.data);
      change(data);
      return joinChunks([makeChunk('IHDR', data), ...rest]);
    };
    for (const change of [
      (data: Buffer) => data.writeUInt32BE(0, 0),
      (data: Buffer) => (data[8] = 3),
      (data: Buffer) => (data[9] = 5),
    ])
      expect(await refused(withHeader(change))).toBe(
        'DAMAGED: its header cannot be read: an invalid PNG header',
      );
    expect(await refused(withHeader(data => (data[9] = 3)))).toBe(
      'DAMAGED: its header cannot be read: its palette (PLTE) is missing',
    );
  });

  test('a JPEG whose data end early or contain extra bytes is read as far as possible, with a note', async () => {
    const jpeg = await jpegWith();
    const [frame, scan] = [jpeg.indexOf(Buffer.from([0xff, 0xc0])), jpeg.indexOf(Buffer.from([0xff, 0xda]))];
    const early = Buffer.concat([jpeg.subarray(0, scan + 800), Buffer.from([0xff, 0xd9])]);
    const { raster, notes } = await readImage(early);
    expect([raster.width, raster.height]).toEqual([source.width, source.height]);
    expect(notes).toEqual(['its data are damaged in places, and what a decoder makes of them is kept']);
    const paths = await Promise.all(
      [jpeg, early].map(async (bytes, i) => {
        const path = join(folder, `early-${i}.jpg`);
        await writeFile(path, bytes);
        return path;
      }),
    );
    expect((await encodeClip(paths, undefined)).notes).toEqual([`frame 2: ${notes[0]}`]);
    const between = Buffer.concat([jpeg.subarray(0, frame), Buffer.alloc(3), jpeg.subarray(frame)]);
    expect((await readImage(between)).notes).toEqual(notes);
    expect((await readImage(jpeg)).notes).toEqual([]);
    expect(await refused(jpeg.subarray(0, scan + 800))).toBe(
      'DAMAGED: its pixels cannot be read: the file breaks off',
    );
  });

  test('reasons contain nothing of libraries, even if several threads read at once', () => {
    for (const text of [
      'Unknown error',
      'Warning treated as error due to failOn setting',
      'Warning treated as error due to failOn setting\ntiff2vips: error in tile 64 x 32',
    ])
      expect(loaderError('a.tif', 'pixels', new Error(text))).toMatchObject({
        code: 'DAMAGED',
        reason: 'its pixels cannot be read: it is damaged or cut short',
      });
  });

  test('a PNG that claims to be an animation of no frames is a still picture', async () => {
    const { raster, notes } = await readImage(await pngWith([['acTL', Buffer.alloc(8)]]));
    expect([raster.width, notes]).toEqual([96, ['an animation of no frames: read as a still picture']]);
  });

  test('a truncated GIF is told from one with invalid blocks', async () => {
    const whole = gifOfParts({ width: 4, height: 3, palette, images: [image, image] });
    expect(await refused(whole.subarray(0, whole.length - 4))).toBe(
      'DAMAGED: frame 2: the file is cut short',
    );
    const joined = Buffer.concat([whole.subarray(0, -1), whole]);
    expect(await refused(joined)).toBe(`DAMAGED: frame 3: unexpected data at byte ${whole.length - 1}`);
    expect(await refused(latin('GIF89a\x04\0\x03\0\0\0\0;'))).toBe(
      'DAMAGED: frame 1: the file ends without a picture',
    );
  });

  test('the error of a library counts, not the warnings before it', async () => {
    const jpeg = await jpegWith();
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    jpeg[scan + 5] = 93; // a component that the frame does not have
    const junk = Buffer.concat([jpeg.subarray(0, 20), Buffer.from([0, 0, 0]), jpeg.subarray(20)]);
    expect(await refused(junk)).toBe('DAMAGED: its header cannot be read: Invalid component ID 93 in SOS');
    expect(await refused(Buffer.concat([latin('\0\0\0\x14ftypavif\0\0\0\0avif'), Buffer.alloc(12)]))).toBe(
      'DAMAGED: its header cannot be read: what it points to lies beyond the end of the file',
    );
    expect(await refused(latin('MM\0*\0\0\0\x08\0\0\0\0\0\0'))).toBe(
      'DAMAGED: its header cannot be read: it is damaged or cut short',
    );
  });
});

describe('YCbCr with invalid coefficients', () => {
  test('is read with the usual coefficients, with a note', async () => {
    const grey = Buffer.alloc(96 * 64 * 3, 128);
    const bytes = tiffOf([
      {
        entries: baseline(
          source,
          6,
          [8, 8, 8],
          [
            [529, 5, [0, 1, 0, 1, 0, 1]],
            [530, 3, [1, 1]],
            [532, 5, [255, 1, 255, 1, 128, 1, 128, 1, 128, 1, 255, 1]],
          ],
        ),
        pixels: grey,
      },
    ]);
    const { raster, notes } = await readImage(bytes);
    expect([...raster.data.slice(0, 3)]).toEqual([128, 128, 128]);
    expect(notes).toEqual([
      'its weights of red, green and blue make no sense: those of BT.601 are used',
      'its samples of black and white make no sense: the full range is used',
    ]);
  });
});

describe('Known formats that cannot be read are named:', () => {
  const bytes = (hex: string): Uint8Array => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(160)]);
  test.each([
    ['Targa (TGA)', bytes('00000a00000000000000000080008000' + '1820')],
    ['an Animator film (FLI, FLC)', bytes('248f010011af8001')],
    ['Silicon Graphics (SGI)', bytes('01da010200030280')],
    ['PCX', bytes('0a05010800000000')],
    ['an icon (ICNS)', bytes('69636e730012b10b')],
    ['DICOM', Buffer.concat([Buffer.alloc(128), latin('DICM')])],
    ['XPM', latin('/* XPM */\nstatic char *a[] = {')],
    ['XBM', latin('#define a_width 16\n')],
    ['PNM', latin('Pf\n16 16\n')],
    ['BMP', bytes('424d361000000000' + '1500360000002800' + '0000')],
  ])('%s', (name, head) => {
    expect(otherFormat(head)?.name).toBe(name);
  });

  test('a folder with such files names each with its reason', async () => {
    const place = join(folder, 'mixed');
    await mkdir(place);
    await writeFile(join(place, 'a.tga'), bytes('00000a00000000000000000080008000' + '1820'));
    await writeFile(join(place, 'b.bin'), bytes('deadbeef'));
    const skipped: string[] = [];
    await expandInputs([place], { recursive: true, onSkip: (_, reason) => skipped.push(reason) });
    expect(skipped).toEqual([
      expect.stringMatching(/^Targa \(TGA\), which is not supported; convert/),
      'not a picture of a known format',
    ]);
  });
});

test('an animation with more loops than a sequence can store gets the largest number', async () => {
  const gif = gifOfParts({ width: 4, height: 3, palette, repeats: 65_535, images: [image, image] });
  expect((await readClip(gif)).loops).toBe(65_535);
});

test('a GIF with more bits a code than any palette needs is intact', async () => {
  const gif = gifOfParts({ width: 4, height: 3, palette, images: [{ ...image, bits: 10 }] });
  expect([...(await readImage(gif)).raster.data.slice(0, 3)]).toEqual([60, 80, 100]);
});
