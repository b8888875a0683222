import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeImage, IMAGE_FORMATS, readImage } from '../../src/io/index.js';
import { SRGB } from '../../src/io/metadata/colour.js';
import { exifEntries } from '../../src/io/metadata/exif-entries.js';
import { makeProfile } from '../../src/io/metadata/make-profile.js';
import { exifResolution } from '../../src/io/metadata/resolution.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { exifTags, inSrgb, pillow, testWith } from './judges.js';
import {
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
} from './make.js';

const folder = await temporaryFolder();
const exifSegment = (exif: Uint8Array) => [0xe1, Buffer.concat([latin('Exif\0\0'), exif])] as const;
const ascii = (text: string): number[] => [...latin(`${text}\0`)];

describe('Content that is not kept has a note with its name:', () => {
  test('in PNG: text, time, other chunks', async () => {
    const { notes } = await readImage(
      await pngWith([
        ['tEXt', latin('Copyright\0(c) Example Person')],
        ['tEXt', latin('Auth\x1bor\0Example Person')],
        ['tIME', Buffer.from([7, 208, 1, 1, 0, 0, 0])],
        ['prVt', Buffer.from([1])],
      ]),
    );
    expect(notes).toEqual([
      'its text is not kept: Copyright, Auth\\x1bor',
      'its time of change is not kept',
      'its chunk prVt is not kept',
    ]);
  });

  test('in JPEG: comment, IPTC, extended XMP, other segments, bytes after the end', async () => {
    const iptc = Buffer.concat([latin('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x02'), Buffer.from([1, 2])]);
    const jpeg = await jpegWith(
      [0xfe, latin('a comment')],
      [0xed, iptc],
      [0xe1, latin('http://ns.adobe.com/xmp/extension/\0more')],
      [0xe2, latin('MPF\0rest')],
      [0xe7, latin('own')],
    );
    const { notes } = await readImage(Buffer.concat([jpeg, Buffer.alloc(1234)]));
    expect(notes).toEqual([
      '1,234 bytes after its end (another picture, a film) are not kept',
      'its comment is not kept',
      'its IPTC metadata is not kept',
      'its extended XMP is not kept',
      'its index of further pictures (MPF) is not kept',
      'its segment APP7 is not kept',
    ]);
    expect((await readImage(jpeg, { strip: true })).notes).toEqual([]);
  });

  test('in PNG, GIF and WebP: bytes after the end', async () => {
    const gif = gifOf({ width: 4, height: 3 }, [{ left: 0, top: 0, width: 4, height: 3, colour: 1 }]);
    for (const whole of [await pngWith([]), gif, await pipeOf(scene()).webp().toBuffer()]) {
      expect((await readImage(whole)).notes).toEqual([]);
      expect((await readImage(Buffer.concat([whole, latin('more'.repeat(500))]))).notes).toEqual([
        '2,000 bytes after its end (another picture, a film) are not kept',
      ]);
    }
  });

  test('in AVIF: light levels, pixels that are not square, a film, bytes after the end', async () => {
    const avif = await pipeOf(scene()).avif().toBuffer();
    const plain = avif.indexOf('pixi'); // an unknown property of eight bytes
    const withProperty = (type: string): Buffer => {
      const out = Buffer.from(avif);
      out.write(type, plain, 'latin1');
      out.writeUInt32BE(2, plain + 4);
      out.writeUInt32BE(1, plain + 8);
      return out;
    };
    const film = Buffer.concat([avif, latin('\0\0\0\x10mpvdany film'), latin('more')]);
    expect((await readImage(avif)).notes).toEqual([]);
    expect((await readImage(withProperty('clli'))).notes).toEqual(['its HDR light levels are not kept']);
    expect((await readImage(withProperty('pasp'))).notes).toEqual([
      'its pixels are not square (2 : 1 wide to high): kept as if they were',
    ]);
    expect((await readImage(film)).notes).toEqual([
      'its film (a motion photo) is not kept',
      '4 bytes after its end (another picture, a film) are not kept',
    ]);
  });

  test('EXIF without a TIFF structure', async () => {
    const junk = Buffer.concat([latin('\xff\xff\xff\xff\0\0\0\x08'), Buffer.alloc(12)]);
    const { metadata, notes } = await readImage(await jpegWith(exifSegment(junk)));
    expect([metadata.exif, notes]).toEqual([undefined, ['its EXIF is damaged (20 bytes) and not kept']]);
  });

  test('horizontal and vertical resolutions swap when the sides of a picture do', async () => {
    const exif = exifWith([
      [274, 3, [6]],
      [282, 5, [200, 1]],
      [283, 5, [100, 1]],
      [296, 3, [2]],
    ]);
    const turned = await readImage(await jpegWith(exifSegment(exif)));
    expect(turned.raster.width).toBe(64);
    expect(exifResolution(turned.metadata.exif!)).toEqual({ x: 100, y: 200 });
    const entries = baseline(
      scene(),
      2,
      [8, 8, 8],
      [
        [274, 3, [6]],
        [282, 5, [200, 1]],
        [283, 5, [100, 1]],
      ],
    );
    const tiff = await readImage(tiffOf([{ entries, pixels: scene().data as Uint8Array }]));
    expect(exifResolution(tiff.metadata.exif!)).toEqual({ x: 100, y: 200 });
    expect(tiff.notes).toEqual(['its pixels are not square (2 : 1 wide to high): kept as if they were']);
  });

  testWith('pillow')('the resolution of a TIFF is kept next to other tags, too', async () => {
    const source = scene();
    const resolution: Entry[] = [
      [282, 5, [300, 1]],
      [283, 5, [300, 1]],
      [296, 3, [2]],
    ];
    const floats = baseline(
      source,
      2,
      [8, 8, 8],
      [
        [282, 11, [0x43960000]], // 300
        [283, 11, [0x43960000]],
      ],
    );
    const floating = await readImage(tiffOf([{ entries: floats, pixels: source.data as Uint8Array }]));
    expect(exifResolution(floating.metadata.exif!)).toEqual({ x: 300, y: 300 });
    const entries = baseline(source, 2, [8, 8, 8], [[305, 2, ascii('Scanner')], ...resolution]);
    const bytes = tiffOf([{ entries, pixels: source.data as Uint8Array }]);
    const { raster, metadata, notes } = await readImage(bytes);
    expect(notes).toEqual([]);
    for (const format of ['png', 'jpeg', 'tiff'] as const) {
      const path = join(folder, `scan.${format}`);
      await writeFile(path, (await encodeImage(raster, { format, metadata })).bytes);
      const dots = pillow(path, 'list(map(float, image.info["dpi"]))') as number[];
      expect(dots.map(Math.round), format).toEqual([300, 300]);
    }
  });

  test('TIFF tags that EXIF has are kept as EXIF, with its own directories; others are named', async () => {
    const source = scene();
    const entries: Entry[] = baseline(
      source,
      2,
      [8, 8, 8],
      [
        [271, 2, ascii('Cam')],
        [315, 2, ascii('Example Person')],
        [33_723, 7, [1, 2, 3, 4]],
        [42_112, 2, ascii('<GDALMetadata/>')],
      ],
    );
    const { metadata, notes } = await readImage(tiffOf([{ entries, pixels: source.data as Uint8Array }]));
    expect(exifEntries(metadata.exif!).map(({ name }) => name)).toEqual(['Make', 'Artist']);
    expect(notes).toEqual(['tags that are not kept: IPTC, tag 0xa480']);
  });
});

describe('What is kept equals the original, entry by entry:', () => {
  const misplaced = exifWith([
    [0x10f, 2, ascii('Cam')],
    [0x9000, 7, [...latin('0230')]],
    [0xa401, 3, [1]],
    [0xa402, 3, [1]],
    [0xa403, 3, [1]],
  ]);

  testWith('exiftool')('tags in the wrong directory pass through every format', async () => {
    for (const format of IMAGE_FORMATS) {
      const { bytes, notes } = await encodeImage(scene(), { format, metadata: { exif: misplaced } });
      expect(notes.filter(note => note.includes('EXIF'))).toEqual([]);
      const path = join(folder, `misplaced.${format}`);
      await writeFile(path, bytes);
      expect(exifTags(path), format).toMatchObject({
        'IFD0:Make': 'Cam',
        'IFD0:CustomRendered': 1,
        'IFD0:ExposureMode': 1,
        'IFD0:WhiteBalance': 1,
      });
    }
  });

  test('content that a format cannot hold is named', async () => {
    const exif = exifWith([[270, 2, new Array<number>(70_000).fill(0x61)]]);
    const { notes } = await encodeImage(scene(), { format: 'jpeg', metadata: { exif } });
    expect(notes).toContain('EXIF is not kept in jpeg');
  });

  testWith('exiftool')('AVIF gets a profile and XMP without invented EXIF', async () => {
    const xmp = latin('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    const { bytes, notes } = await encodeImage(scene(), {
      format: 'avif',
      metadata: { icc: await wideProfile(), xmp },
    });
    const path = join(folder, 'no-exif.avif');
    await writeFile(path, bytes);
    const tags = exifTags(path);
    expect(Object.keys(tags).filter(tag => /^(IFD0|ExifIFD):/.test(tag))).toEqual([]);
    expect(tags['ICC-header:ProfileClass']).toBe('mntr');
    expect(notes).toEqual(['avif adds a loss of its own, at quality 95']);
  });

  test('colour code points become a profile in formats that cannot store them', async () => {
    const cicp = Uint8Array.of(12, 13, 0, 1);
    for (const format of ['jpeg', 'webp', 'avif', 'tiff'] as const) {
      const { bytes, notes } = await encodeImage(scene(), { format, metadata: { cicp } });
      expect(notes[0]).toBe('the colour space that its CICP names, Display P3, is kept as an ICC profile');
      const { metadata } = await readImage(bytes);
      expect(Buffer.from(metadata.icc!).includes(Buffer.from('cicp\0\0\0\0\x0c\x0d\0\x01', 'latin1'))).toBe(
        true,
      );
      const icc = await wideProfile();
      const both = await encodeImage(scene(), { format, metadata: { cicp, icc } });
      expect(both.notes[0]).toMatch(/CICP\) are not kept/);
    }
    expect((await encodeImage(scene(), { metadata: { cicp } })).notes).toEqual([]);
  });

  testWith('transicc')('a grey profile becomes an RGB profile in formats that are always RGB', async () => {
    const icc = makeProfile({ name: 'grey', chromaticities: SRGB, curve: 1.5 }, true);
    const { width, height, data } = scene();
    const grey = { width, height, channels: 1, bitDepth: 8, data: data.slice(0, width * height) } as const;
    for (const format of ['webp', 'avif'] as const) {
      const { bytes, notes } = await encodeImage(grey, { format, metadata: { icc } });
      expect(notes[0]).toBe(`${format} has no grey: the ICC profile became one of RGB with the same curve`);
      const { raster, metadata } = await readImage(bytes);
      expect([raster.channels, Math.abs(raster.data[0]! - grey.data[0]!) <= 2]).toEqual([3, true]);
      const path = join(folder, `${format}.icc`);
      await writeFile(path, metadata.icc!);
      const light = (128 / 255) ** 1.5;
      const expected = 255 * (1.055 * light ** (1 / 2.4) - 0.055);
      for (const value of inSrgb(path, [[128, 128, 128]])[0]!)
        expect(Math.abs(value - expected)).toBeLessThan(1);
      const lightness = Buffer.from(icc);
      lightness.write('Lab ', 20, 'latin1');
      const without = await encodeImage(grey, { format, metadata: { icc: lightness } });
      expect(without.notes[0]).toBe(
        `${format} has no grey, and the ICC profile cannot become one of RGB: not attached`,
      );
      expect((await readImage(without.bytes)).metadata.icc).toBeUndefined();
    }
  });

  testWith('pillow')('a resolution is kept, and none is invented', async () => {
    const jfif = Buffer.concat([
      latin('JFIF\0\x01\x02\x01'),
      Buffer.from([300 >> 8, 300 & 255, 300 >> 8, 300 & 255, 0, 0]),
    ]);
    const dense = await readImage(await jpegWith([0xe0, jfif]));
    const plain = await readImage(await pngWith([]));
    expect([dense.notes, plain.notes, plain.metadata]).toEqual([[], [], {}]);
    for (const format of ['png', 'jpeg', 'tiff'] as const) {
      const paths = [join(folder, `dense.${format}`), join(folder, `plain.${format}`)] as const;
      await writeFile(
        paths[0],
        (await encodeImage(dense.raster, { format, metadata: dense.metadata })).bytes,
      );
      await writeFile(paths[1], (await encodeImage(plain.raster, { format })).bytes);
      const [x, y] = pillow(paths[0], 'list(map(float, image.info["dpi"]))') as [number, number];
      expect([Math.round(x), Math.round(y)], format).toEqual([300, 300]);
      expect(pillow(paths[1], 'image.info.get("dpi")'), format).toBeNull();
    }
  });
});
