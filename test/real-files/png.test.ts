import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { joinChunks, makeChunk, type PngChunk, splitChunks } from '../../src/io/formats/png-chunks.js';
import { readImage } from '../../src/io/index.js';
import { exifWith, latin, pngWith, scene, wideProfile } from './make.js';

const gamma = Buffer.from([0, 1, 0x86, 0xa0]); // linear light
const turned = exifWith([[274, 3, [6]]]);
const profileChunk = async (space = 'RGB '): Promise<Buffer> => {
  const icc = Buffer.from(await wideProfile());
  icc.write(space, 16, 'latin1');
  return Buffer.concat([latin('icc\0\0'), deflateSync(icc)]);
};

/** The scene as a PNG whose chunks are changed before they are joined. */
async function changed(
  chunks: readonly (readonly [string, Uint8Array])[],
  change: (chunk: PngChunk) => Uint8Array,
): Promise<Uint8Array> {
  const made = splitChunks(await pngWith(chunks));
  return joinChunks(made.map(chunk => ({ ...chunk, whole: change(chunk) })));
}

/** A chunk with a wrong checksum. */
function broken({ whole }: PngChunk): Uint8Array {
  const copy = Buffer.from(whole);
  copy[copy.length - 1]! ^= 1;
  return copy;
}

describe('Contents of a PNG count if decoders use them:', () => {
  test('a chunk with a wrong checksum is named and ignored', async () => {
    const own = new Set(['gAMA', 'eXIf', 'iCCP', 'tEXt']);
    const said = [
      ['gAMA', gamma],
      ['eXIf', turned],
      ['iCCP', await profileChunk()],
      ['tEXt', latin('Title\0a')],
      ['tEXt', latin('Title\0b')],
    ] as const;
    const png = await changed(said, chunk => (own.has(chunk.type) ? broken(chunk) : chunk.whole));
    const { raster, metadata, notes } = await readImage(png);
    expect([raster.width, metadata]).toEqual([scene().width, {}]);
    expect(notes).toEqual(
      ['gAMA', 'iCCP', 'eXIf', 'tEXt'].map(type => `its chunk ${type} differs from its checksum: not kept`),
    );
    expect(Object.keys((await readImage(await pngWith(said))).metadata).sort()).toEqual(['exif', 'icc']);
  });

  test('colours after the pixels do not', async () => {
    for (const [type, data] of [
      ['gAMA', gamma],
      ['cICP', Buffer.from([12, 13, 0, 1])],
      ['iCCP', await profileChunk()],
    ] as const) {
      const { metadata, notes } = await readImage(await pngWith([[type, data]], 'end'));
      expect([metadata, notes]).toEqual([{}, [`its chunk ${type} stands after the pixels: not kept`]]);
    }
    expect((await readImage(await pngWith([['eXIf', turned]], 'end'))).raster.width).toBe(scene().height);
  });

  test('unknown code points, or ones that name no colours, do not outrank a profile', async () => {
    for (const [points, said] of [
      [
        [200, 200, 0, 1],
        ['the colour space that its cICP chunk names (200/200 of H.273) is not known and not kept'],
      ],
      [[2, 2, 0, 1], []],
    ] as const) {
      const png = await pngWith([
        ['cICP', Buffer.from(points)],
        ['iCCP', await profileChunk()],
      ]);
      const { metadata, notes } = await readImage(png);
      expect([metadata.icc, notes]).toEqual([await wideProfile(), said]);
    }
  });

  test('a gamma counts if the profile before it does not fit these pixels', async () => {
    const png = await pngWith([
      ['iCCP', await profileChunk('GRAY')],
      ['gAMA', gamma],
    ]);
    const { metadata, notes } = await readImage(png);
    expect(metadata.icc).toBeDefined();
    expect(notes).toEqual([
      'its ICC profile is for GRAY, not for RGB: not kept',
      'its gamma of 1 (gAMA) is kept as an ICC profile',
    ]);
  });

  test('XMP that cannot be unpacked, a second XMP or EXIF, and a text without a keyword are named', async () => {
    const xmp = latin('XML:com.adobe.xmp\0\0\0\0\0<x/>');
    const { metadata, notes } = await readImage(
      await pngWith([
        ['iTXt', latin('XML:com.adobe.xmp\0\x01\0\0\0senseless')],
        ['iTXt', xmp],
        ['iTXt', xmp],
        ['eXIf', turned],
        ['eXIf', turned],
        ['tEXt', latin('no end')],
      ]),
    );
    expect([Buffer.from(metadata.xmp!).toString(), notes]).toEqual([
      '<x/>',
      [
        'a second EXIF is not kept',
        'a second XMP is not kept',
        'its text is not kept: XML:com.adobe.xmp, (no keyword)',
      ],
    ]);
  });
});

describe('Damage is described in our own words:', () => {
  const fault = async (png: Uint8Array, engine: 'auto' | 'pngjs' = 'auto'): Promise<string> =>
    readImage(png, { engine }).then(
      () => 'was read',
      (error: { reason: string }) => error.reason,
    );

  test('an impossible width', async () => {
    const png = await changed([], chunk => {
      if (chunk.type !== 'IHDR') return chunk.whole;
      const header = Buffer.from(chunk.data);
      header.writeUInt32BE(0x80000001, 0);
      return makeChunk('IHDR', header).whole;
    });
    expect(await fault(png)).toBe('its header cannot be read: an invalid PNG header');
  });

  test('more pixels than the header announces, in modes where that matters', async () => {
    const png = await changed([], ({ type, whole }) =>
      type === 'IDAT' ? makeChunk('IDAT', deflateSync(Buffer.alloc(64 * (1 + 3 * 96) + 9))).whole : whole,
    );
    expect(await fault(png, 'pngjs')).toBe('its pixels cannot be read: more than 18496 bytes of scanlines');
  });
});
