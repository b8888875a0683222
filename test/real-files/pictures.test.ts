import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../src/core/raster.js';
import { readHeif } from '../../src/io/formats/iso-boxes.js';
import { joinChunks, makeChunk, type PngChunk, splitChunks } from '../../src/io/formats/png-chunks.js';
import { openTiff, readDirectory } from '../../src/io/formats/tiff-structure.js';
import { encodeImage, readImage } from '../../src/io/index.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { asRgba, inSrgb, pillow, testWith } from './judges.js';
import {
  avifWith,
  baseline,
  type Entry,
  exifWith,
  gifOf,
  jpegWith,
  latin,
  pipeOf,
  pngWith,
  scene,
  tiffOf,
  wideProfile,
  withReference,
} from './make.js';

const folder = await temporaryFolder();
const source = scene();

const put = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};

const tiff = (
  photometric: number,
  bits: readonly number[],
  pixels: Uint8Array,
  more: readonly Entry[] = [],
): Buffer => tiffOf([{ entries: baseline(source, photometric, bits, more), pixels }]);

const pixelAt = (
  { width, channels, data }: { width: number; channels: number; data: ArrayLike<number> },
  x: number,
  y: number,
) => Array.from({ length: channels }, (_, c) => data[(y * width + x) * channels + c]!);

/** Samples of the scene with further samples after each pixel. */
const withSamples = (more: (pixel: number) => number[]): Buffer =>
  Buffer.from(
    Array.from({ length: source.width * source.height }, (_, i) => [
      ...source.data.slice(3 * i, 3 * i + 3),
      ...more(i),
    ]).flat(),
  );

describe('Unsupported files are not called damaged:', () => {
  const cases: [string, Uint8Array | Promise<Uint8Array>, RegExp][] = [
    [
      'floating-point grey',
      tiff(1, [32], Buffer.alloc(96 * 64 * 4), [[339, 3, [3]]]),
      /32-bit floating-point grey/,
    ],
    [
      'double',
      tiff(2, [64, 64, 64], Buffer.alloc(96 * 64 * 24), [[339, 3, [3, 3, 3]]]),
      /64-bit floating-point/,
    ],
    ['signed', tiff(1, [16], Buffer.alloc(96 * 64 * 2), [[339, 3, [2]]]), /with sign/],
    ['32 bits', tiff(1, [32], Buffer.alloc(96 * 64 * 4)), /32 bits a sample/],
    ['unknown samples', tiff(1, [8], Buffer.alloc(96 * 64), [[339, 3, [9]]]), /samples of format 9/],
    ['12 bits', tiff(1, [12], Buffer.alloc(96 * 64 * 2)), /12 bits a sample/],
    ['Lab', tiff(8, [8, 8, 8], Buffer.alloc(96 * 64 * 3)), /CIE L\*a\*b\*/],
    ['ICC Lab', tiff(9, [8, 8, 8], Buffer.alloc(96 * 64 * 3)), /ICC L\*a\*b\*/],
    [
      'six channels',
      tiff(2, [8, 8, 8, 8, 8, 8], Buffer.alloc(96 * 64 * 6), [[338, 3, [0, 0, 0]]]),
      /6 samples a pixel/,
    ],
    ['inks', tiff(5, [8, 8, 8, 8, 8], Buffer.alloc(96 * 64 * 5), [[332, 3, [2]]]), /inks other than CMYK/],
    ['DNG', tiff(1, [8], Buffer.alloc(96 * 64), [[50_706, 1, [1, 4, 0, 0]]]), /raw file \(DNG\)/],
    ['BMP', Buffer.concat([latin('BM'), Buffer.alloc(60)]), /BMP; convert it to PNG/],
    ['PSD', Buffer.concat([latin('8BPS\0\x01'), Buffer.alloc(60)]), /Photoshop/],
    ['JPEG XL', Buffer.concat([latin('\xff\x0a'), Buffer.alloc(60)]), /JPEG XL; .*djxl/],
    [
      'HEIC',
      Buffer.concat([latin('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), Buffer.alloc(60)]),
      /^not supported: HEIC .*convert/,
    ],
    [
      'PNG with an unknown critical chunk',
      pngWith([['ABCD', latin('any')]]),
      /the chunk ABCD, which is critical/,
    ],
    ['PNG of iPhones', pngOfIphone(), /CgBI\); unpack it first: xcrun/],
    ['12-bit JPEG', jpegOfFrame([0xff, 0xc1, 0, 11, 12, 0, 64, 0, 96, 1, 1, 0x11, 0]), /12 bits a sample/],
    ['lossless JPEG', jpegOfFrame([0xff, 0xc3, 0, 11, 8, 0, 64, 0, 96, 1, 1, 0x11, 0]), /lossless/],
  ];
  test.each(cases)('%s', async (_, bytes, reason) => {
    await expect(readImage(await bytes)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      reason: expect.stringMatching(reason),
    });
    await expect(readImage(await bytes)).rejects.toMatchObject({
      reason: expect.stringMatching(/^not supported: /),
    });
  });

  test('a compression that is not built in gives one short line, not one for each strip', async () => {
    for (const compression of [34_925, 50_000, 50_002, 34_887, 33_003]) {
      const entries = baseline(source, 2, [8, 8, 8]).map(
        (entry): Entry => (entry[0] === 259 ? [259, 3, [compression]] : entry),
      );
      const bytes = tiffOf([{ entries, pixels: Buffer.alloc(1000) }]);
      const error = await readImage(bytes).catch(cause => cause);
      expect(error.code).toBe('UNSUPPORTED');
      expect(error.reason.length).toBeLessThan(100);
    }
  });
});

async function pngOfIphone(): Promise<Uint8Array> {
  return joinChunks([makeChunk('CgBI', Uint8Array.of(0x50, 0, 0x20, 2)), ...splitChunks(await pngWith([]))]);
}

function jpegOfFrame(frame: number[]): Buffer {
  return Buffer.from([0xff, 0xd8, ...frame, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0xff, 0xd9]);
}

describe('A TIFF is read by its tags:', () => {
  const ycbcr = Buffer.from(
    Array.from({ length: 96 * 64 }, (_, i) => {
      const [r, g, b] = source.data.slice(3 * i, 3 * i + 3) as unknown as [number, number, number];
      const y = 0.299 * r + 0.587 * g + 0.114 * b;
      return [y, 128 + (b - y) / 1.772, 128 + (r - y) / 1.402].map(Math.round);
    }).flat(),
  );

  test('YCbCr becomes RGB', async () => {
    const { raster } = await readImage(tiff(6, [8, 8, 8], ycbcr, [[530, 3, [1, 1]]]));
    const worst = Math.max(...[...raster.data].map((value, i) => Math.abs(value - source.data[i]!)));
    expect([raster.channels, worst <= 2]).toEqual([3, true]);
  });

  testWith('tiff2rgba')('YCbCr with other weights and ranges matches libtiff', async () => {
    const more: Entry[] = [
      [529, 5, [2126, 10_000, 7152, 10_000, 722, 10_000]],
      [530, 3, [1, 1]],
      [532, 5, [16, 1, 235, 1, 128, 1, 240, 1, 128, 1, 240, 1]],
    ];
    const path = await put('weights.tif', tiff(6, [8, 8, 8], ycbcr, more));
    asRgba(path, join(folder, 'weights-rgba.tif'));
    const [ours, theirs] = [await readImage(path), await readImage(join(folder, 'weights-rgba.tif'))];
    const worst = Math.max(
      ...[...ours.raster.data].map((value, i) =>
        Math.abs(value - theirs.raster.data[4 * Math.floor(i / 3) + (i % 3)]!),
      ),
    );
    expect(worst).toBeLessThanOrEqual(4); // libtiff rounds in between
  });

  test('alpha is kept if further channels follow, which are named', async () => {
    const bytes = tiff(
      2,
      [8, 8, 8, 8, 8],
      withSamples(i => [i % 256, 7]),
      [[338, 3, [2, 0]]],
    );
    const { raster, notes } = await readImage(bytes);
    expect(raster.channels).toBe(4);
    expect(pixelAt(raster, 50, 20)).toEqual([...pixelAt(source, 50, 20), (20 * 96 + 50) % 256]);
    expect(notes).toContain('1 further channel (masks, spot colours) beside its alpha: not kept');
  });

  test('premultiplied alpha is undone, and a sample of unspecified meaning is read as alpha with a note', async () => {
    const half = tiff(2, [8, 8, 8, 8], Buffer.alloc(96 * 64 * 4, Buffer.from([60, 30, 10, 128])), [
      [338, 3, [1]],
    ]);
    const [r, g, b, a] = pixelAt((await readImage(half)).raster, 3, 3);
    expect([Math.abs(r! - 119) <= 1, Math.abs(g! - 60) <= 1, Math.abs(b! - 20) <= 1, a]).toEqual([
      true,
      true,
      true,
      128,
    ]);
    const unsaid = tiff(
      2,
      [8, 8, 8, 8],
      withSamples(() => [200]),
      [[338, 3, [0]]],
    );
    expect((await readImage(unsaid)).notes[0]).toMatch(/meaning it does not state, is taken for alpha/);
  });

  test('AVIF marks premultiplied colours by a reference to its alpha', async () => {
    for (const bitdepth of [8, 10] as const) {
      const half = Buffer.alloc(96 * 64 * 4, Buffer.from([60, 30, 10, 128]));
      const avif = await pipeOf({ ...source, channels: 4, data: half })
        .avif({ quality: 100, chromaSubsampling: '4:4:4', bitdepth })
        .toBuffer();
      const alpha = readHeif(avif)!.references.find(({ type }) => type === 'auxl')!;
      const { raster } = await readImage(withReference(avif, 'prem', alpha.to[0]!, alpha.from));
      const peak = bitdepth === 8 ? 255 : 65_535;
      for (const [c, value] of pixelAt(raster, 3, 3).entries())
        expect(Math.abs((value * 255) / peak - [119.5, 60, 20, 128][c]!)).toBeLessThan(3);
    }
  });

  test('files that only cause warnings of a loader are read: a fourth sample that no tag names, strips without lengths', async () => {
    const four = await readImage(
      tiff(
        2,
        [8, 8, 8, 8],
        withSamples(() => [200]),
      ),
    );
    expect(pixelAt(four.raster, 50, 20)).toEqual([...pixelAt(source, 50, 20), 200]);
    const bytes = tiff(2, [8, 8, 8], source.data as Uint8Array);
    const structure = openTiff(bytes)!;
    const lengths = readDirectory(structure, structure.first)!.entries.find(({ tag }) => tag === 279)!;
    bytes.writeUInt16LE(65_000, lengths.at - 8);
    const { raster } = await readImage(bytes);
    expect(pixelAt(raster, 50, 20)).toEqual(pixelAt(source, 50, 20));
  });

  test('a monochrome AVIF is grey', async () => {
    // 8 x 8 without loss, each sample by 4 more than the one before, by `avifenc -l -y 400`
    const { raster, notes } = await readImage(join(import.meta.dirname, 'grey.avif'));
    expect([raster.channels, raster.bitDepth, notes]).toEqual([1, 8, []]);
    expect([...raster.data]).toEqual(Array.from({ length: 64 }, (_, i) => 4 * i));
  });

  test('RGB of floats is read with a note', async () => {
    const floats = new Float32Array(96 * 64 * 3).fill(0.5);
    const { raster, notes } = await readImage(
      tiff(2, [32, 32, 32], Buffer.from(floats.buffer), [[339, 3, [3, 3, 3]]]),
    );
    expect(Math.abs(raster.data[0]! / 65_535 - 0.7354)).toBeLessThan(0.002);
    expect(notes[0]).toMatch(/taken for linear light/);
  });
});

describe('A transparency chunk of PNG that decoders ignore', () => {
  const key = Uint8Array.of(0, 120, 0, 0, 0, 0);
  const palette = makeChunk(
    'PLTE',
    Uint8Array.from({ length: 768 }, (_, i) => i % 251),
  );
  const indexed = async (...more: PngChunk[]): Promise<Uint8Array> => {
    const grey = await pipeOf({ ...source, channels: 1, data: source.data.slice(0, 96 * 64) })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    const [header, ...rest] = splitChunks(grey);
    const own = Buffer.from(header!.data);
    own[9] = 3;
    return joinChunks([makeChunk('IHDR', own), ...more, ...rest]);
  };
  test.each([
    ['after the pixels', () => pngWith([['tRNS', key]], 'end')],
    ['too short', () => pngWith([['tRNS', key.subarray(0, 2)]])],
    ['empty', () => pngWith([['tRNS', key.subarray(6)]])],
    ['longer than the palette', () => indexed(palette, makeChunk('tRNS', new Uint8Array(257)))],
    ['before the palette', () => indexed(makeChunk('tRNS', Uint8Array.of(0, 9)), palette)],
  ])('is left out with a note: %s', async (_, make) => {
    const bytes = await make();
    for (const engine of ['sharp', 'pngjs'] as const) {
      const { raster, notes } = await readImage(bytes, { engine });
      expect([raster.channels, raster.data.length]).toEqual([3, 96 * 64 * 3]);
      expect(notes).toEqual(['its transparency (tRNS) makes no sense and is left out, as decoders do']);
    }
  });

  test('is read as it stands in its right place', async () => {
    const { raster, notes } = await readImage(await indexed(palette, makeChunk('tRNS', Uint8Array.of(9))));
    expect([raster.channels, notes]).toEqual([4, []]);
  });
});

describe('Orientation', () => {
  const orientation = (type: number, value = 6, littleEndian = true): Buffer =>
    exifWith([[0x112, type, [value]]], littleEndian);

  test.each([
    ['BYTE', 1, true],
    ['SHORT', 3, true],
    ['LONG', 4, true],
    ['LONG, big-endian', 4, false],
    ['SLONG', 9, false],
  ] as const)('of type %s is applied once, and the tag is reset', async (_, type, littleEndian) => {
    const jpeg = await jpegWith([
      0xe1,
      Buffer.concat([latin('Exif\0\0'), orientation(type, 6, littleEndian)]),
    ]);
    const plain = await readImage(await jpegWith());
    const { raster, metadata } = await readImage(jpeg);
    expect([raster.width, raster.height]).toEqual([64, 96]);
    expect(pixelAt(raster, 63, 0)).toEqual(pixelAt(plain.raster, 0, 0));
    expect([...metadata.exif!]).toEqual([...orientation(type, 1, littleEndian)]);
  });

  test('of a JPEG is found behind bytes that belong to no segment, too', async () => {
    const exif = Buffer.concat([latin('Exif\0\0'), orientation(3)]);
    const jpeg = await jpegWith([0xe5, latin('any')], [0xe1, exif]);
    const at = jpeg.indexOf(Buffer.from([0xff, 0xe1]));
    const { raster, metadata, notes } = await readImage(
      Buffer.concat([jpeg.subarray(0, at), Buffer.from([7, 0xff, 0, 0]), jpeg.subarray(at)]),
    );
    expect([raster.width, raster.height]).toEqual([64, 96]);
    expect(metadata.exif).toBeDefined();
    expect(notes).toContain('its data are damaged in places, and what a decoder makes of them is kept');
  });

  test('with an invalid value in a TIFF counts as 1', async () => {
    for (const value of [0, 9]) {
      const bytes = tiff(2, [8, 8, 8], source.data as Uint8Array, [[274, 3, [value]]]);
      const { raster, notes } = await readImage(bytes);
      expect([raster.width, raster.height, notes]).toEqual([96, 64, []]);
      expect(pixelAt(raster, 50, 20)).toEqual(pixelAt(source, 50, 20));
    }
  });

  testWith('pillow')('is 1 for Pillow, whatever type it had', async () => {
    for (const type of [1, 3, 4]) {
      const jpeg = await jpegWith([0xe1, Buffer.concat([latin('Exif\0\0'), orientation(type)])]);
      const { raster, metadata } = await readImage(jpeg);
      const path = await put(`upright-${type}.png`, (await encodeImage(raster, { metadata })).bytes);
      expect(
        pillow(path, '[image.size, ImageOps.exif_transpose(image).size, str(image.getexif().get(274))]'),
      ).toEqual([[64, 96], [64, 96], type === 1 ? "b'\\x01'" : '1']);
    }
  });

  test('in XMP alone turns nothing and is kept', async () => {
    const xmp = latin('<x:xmpmeta xmlns:x="adobe:ns:meta/" tiff:Orientation="6"/>');
    const { raster, metadata } = await readImage(
      await pngWith([['iTXt', Buffer.concat([latin('XML:com.adobe.xmp\0\0\0\0\0'), xmp])]]),
    );
    expect(raster.width).toBe(96);
    expect(Buffer.from(metadata.xmp!).equals(xmp)).toBe(true);
  });

  test('in EXIF of a PNG counts in any place, as a chunk after the pixels and as text', async () => {
    const exif = orientation(3);
    const text = latin(
      `Raw profile type exif\0\nexif\n${exif.length + 6}\n${Buffer.concat([latin('Exif\0\0'), exif]).toString('hex')}\n`,
    );
    for (const bytes of [await pngWith([['eXIf', exif]], 'end'), await pngWith([['tEXt', text]])])
      for (const engine of ['sharp', 'pngjs'] as const) {
        const { raster, metadata, notes } = await readImage(bytes, { engine });
        expect([raster.width, metadata.exif?.length, notes]).toEqual([64, exif.length, []]);
      }
  });
});

describe('Colour information other than profiles:', () => {
  testWith('transicc')(
    'AVIF of Display P3 keeps its colours: lcms agrees, with the profile that was made',
    async () => {
      const { metadata, notes } = await readImage(await avifWith(12, 13));
      expect(notes).toEqual([
        'the colour space that its nclx box names, Display P3, is kept as an ICC profile',
      ]);
      const path = await put('p3.icc', metadata.icc!);
      const [red, white, grey] = inSrgb(path, [
        [255, 0, 0],
        [255, 255, 255],
        [128, 128, 128],
      ]);
      // Display P3's red lies outside sRGB: 1.093, -0.227, -0.150 of its range
      expect(red![0]).toBeGreaterThan(270);
      expect(red![1]).toBeLessThan(-20);
      for (const value of white!) expect(Math.abs(value - 255)).toBeLessThan(1);
      for (const value of grey!) expect(Math.abs(value - 128)).toBeLessThan(1);
    },
  );

  test('PQ in AVIF is kept and reported as HDR; sRGB and BT.709 cause no note', async () => {
    const pq = await readImage(await avifWith(9, 16, 10));
    expect(pq.notes[0]).toMatch(
      /BT\.2020 PQ \(HDR\), is kept as an ICC profile; viewers that do not know HDR/,
    );
    expect(Buffer.from(pq.metadata.icc!).includes(Buffer.from('cicp\0\0\0\0\x09\x10\0\x01', 'latin1'))).toBe(
      true,
    );
    for (const [primaries, transfer] of [
      [1, 13],
      [1, 1],
      [2, 2],
    ] as const) {
      const { notes, metadata } = await readImage(await avifWith(primaries, transfer));
      expect([notes, metadata]).toEqual([[], {}]);
    }
    expect((await readImage(await avifWith(77, 13))).notes[0]).toMatch(/77\/13 of H\.273\) is not known/);
  });

  testWith('pillow')('gAMA and cHRM, and cICP, of PNG become profiles that Pillow reads', async () => {
    const number = (...values: number[]): Buffer => {
      const out = Buffer.alloc(4 * values.length);
      values.forEach((value, i) => {
        out.writeUInt32BE(value, 4 * i);
      });
      return out;
    };
    const p3 = number(31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6000);
    const chunks: [string, Buffer][][] = [
      [
        ['gAMA', number(45_455)],
        ['cHRM', p3],
      ],
      [['gAMA', number(100_000)]],
      [['cICP', Buffer.from([12, 13, 0, 1])]],
    ];
    for (const [i, own] of chunks.entries()) {
      const { raster, metadata, notes } = await readImage(await pngWith(own));
      expect(notes[0]).toMatch(/kept as an ICC profile$/);
      const path = await put(`colours-${i}.png`, (await encodeImage(raster, { metadata })).bytes);
      expect(pillow(path, 'len(image.info["icc_profile"])')).toBe(metadata.icc!.length);
    }
    const usual = await readImage(await pngWith([['gAMA', number(45_455)]]));
    expect([usual.notes, usual.metadata]).toEqual([[], {}]);
  });

  test('invalid colours of PNG are named and dropped, and a narrow range is named', async () => {
    const points = Buffer.alloc(32);
    for (let at = 0; at < 32; at += 4) points.writeUInt32BE(31_270, at); // white and all primaries at one point
    const cases: [string, Buffer, string][] = [
      ['cHRM', points, 'its set of chromaticities (cHRM) makes no sense and is not kept'],
      ['cICP', Buffer.from([9, 16, 9, 1]), 'its cICP chunk makes no sense and is not kept'],
      ['cICP', Buffer.from([12, 13]), 'its cICP chunk makes no sense and is not kept'],
    ];
    for (const [type, data, note] of cases) {
      const { metadata, notes } = await readImage(await pngWith([[type, data]]));
      expect([metadata, notes]).toEqual([{}, [note]]);
    }
    const narrow = await readImage(await pngWith([['cICP', Buffer.from([1, 13, 0, 0])]]));
    expect(narrow.notes).toEqual([expect.stringMatching(/black and white are 16 and 235/)]);
  });

  test('an invalid profile, or one for other pixels, is named with its fault, in printable characters', async () => {
    const zeros = Buffer.concat([latin('ICC_PROFILE\0\x01\x01'), Buffer.alloc(128), latin('\x1b[31')]);
    const { metadata, notes } = await readImage(await jpegWith([0xe2, zeros]));
    expect([metadata.icc, notes]).toEqual([undefined, ['its ICC profile is damaged: not kept']]);
    const icc = await wideProfile();
    const cmyk = await pipeOf(source).toColourspace('cmyk').jpeg().toBuffer();
    const head = Buffer.from([0xff, 0xe2, 0, 0]);
    head.writeUInt16BE(icc.length + 16, 2);
    const tagged = Buffer.concat([
      cmyk.subarray(0, 2),
      head,
      latin('ICC_PROFILE\0\x01\x01'),
      icc,
      withoutProfile(cmyk).subarray(2),
    ]);
    expect((await readImage(tagged)).notes).toEqual([
      'CMYK converted to sRGB by a general profile: its own is for RGB, not for CMYK and is not kept',
    ]);
  });
});

/** A JPEG without its APP2 segments. */
function withoutProfile(jpeg: Buffer): Buffer {
  const parts = [jpeg.subarray(0, 2)];
  let at = 2;
  for (; jpeg[at + 1] !== 0xda; ) {
    const next = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== 0xe2) parts.push(jpeg.subarray(at, next));
    at = next;
  }
  return Buffer.concat([...parts, jpeg.subarray(at)]);
}

describe('What is drawn:', () => {
  test('a GIF frame smaller than its screen is transparent around it, as in browsers', async () => {
    const gif = gifOf({ width: 40, height: 30 }, [{ left: 10, top: 5, width: 8, height: 8, colour: 1 }]);
    const { raster } = await readImage(gif);
    expect([raster.width, raster.height, raster.channels]).toEqual([40, 30, 4]);
    expect([pixelAt(raster, 0, 0), pixelAt(raster, 12, 7), pixelAt(raster, 18, 13)]).toEqual([
      [0, 0, 0, 0],
      [0, 255, 0, 255],
      [0, 0, 0, 0],
    ]);
  });

  test('an SVG that draws nothing is reported with what it lacks', async () => {
    const svg = (inside: string): Buffer =>
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="96" height="64">${inside}</svg>`);
    const image = await readImage(svg('<image width="96" height="64" href="source.png"/>'));
    expect(image.notes).toContain('what it refers to is not loaded: source.png');
    expect(image.notes).toContain('nothing is visible: every pixel is transparent');
    const foreign = await readImage(
      svg(
        '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">a</p></foreignObject>',
      ),
    );
    expect(foreign.notes).toContain('its foreignObject, which only browsers draw, is left out');
    expect((await readImage(svg('<rect width="9" height="9"/>'))).notes).toEqual([
      'drawn at its own size, 96 x 64 pixels',
    ]);
  });

  test('an SVG in millimetres, inches or points has the size of browsers, 96 dots an inch, and so has its content', async () => {
    const drawn = async (size: string, inside: string): Promise<Raster> =>
      (
        await readImage(
          Buffer.from(
            `<!-- <svg width="9mm"> --><svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`,
          ),
        )
      ).raster;
    const whole = '<rect width="100%" height="100%" fill="#00f"/>';
    const sizes: [size: string, width: number, height: number][] = [
      ['width="25.4mm" height="1in"', 96, 96],
      ["width='72pt' height='3pc'", 96, 48],
      ['width="2.54cm" height="101.6q"', 96, 96],
      ['width="1in" height="48"', 96, 48],
      ['width="210mm" height="297mm" viewBox="0 0 210 297"', 794, 1123],
      ['width="96px" height="48"', 96, 48],
      ['viewBox="0 0 30 20"', 30, 20],
    ];
    for (const [size, width, height] of sizes) {
      const raster = await drawn(size, whole);
      expect([size, raster.width, raster.height]).toEqual([size, width, height]);
    }
    const half = `${whole}<rect width="0.5in" height="100%" fill="#f00"/>`;
    for (const size of ['width="1in" height="1in"', 'width="96" height="96"']) {
      const raster = await drawn(size, half);
      expect([raster.width, pixelAt(raster, 47, 50), pixelAt(raster, 48, 50)]).toEqual([
        96,
        [255, 0, 0],
        [0, 0, 255],
      ]);
    }
    const boxed = await drawn(
      'width="1in" height="1in" viewBox="0 0 4 4"',
      `${whole}<rect width="1" height="4" fill="#f00"/>`,
    );
    expect([pixelAt(boxed, 23, 50), pixelAt(boxed, 24, 50)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });

  test('pixels that are not square are reported', async () => {
    const { notes } = await readImage(await pngWith([['pHYs', Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 0])]]));
    expect(notes).toEqual(['its pixels are not square (1 : 2 wide to high): kept as if they were']);
  });
});
