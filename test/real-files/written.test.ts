import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeImage, readImage } from '../../src/io/index.js';
import { exifResolution } from '../../src/io/metadata/resolution.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { exifTags, pillow, testWith } from './judges.js';
import { baseline, type Entry, exifWith, pngWith, scene, tiffOf } from './make.js';

const folder = await temporaryFolder();

describe('A TIFF is written with its own tags, whatever EXIF says of the pixels of another file', () => {
  const make: Entry = [271, 2, [0x43, 0x61, 0x6d, 0]];
  const foreign: readonly [string, Entry[]][] = [
    ['order of bits', [[266, 3, [2]]]],
    [
      'tiles',
      [
        [322, 4, [16]],
        [323, 4, [16]],
        [324, 4, [8]],
        [325, 4, [8]],
      ],
    ],
    [
      'inks',
      [
        [332, 3, [2]],
        [334, 3, [5]],
      ],
    ],
    ['raw file', [[50_706, 1, [1, 4, 0, 0]]]],
    ['extra samples', [[338, 3, [2]]]],
    ['type of samples', [[32_996, 3, [3]]]],
    ['profile', [[34_675, 7, [1, 2, 3, 4, 5]]]],
    ['transfer function', [[301, 3, new Array<number>(768).fill(7)]]],
  ];
  for (const [name, entries] of foreign)
    testWith('pillow')(`its ${name}`, async () => {
      const exif = exifWith([make, ...entries]);
      const { bytes, notes } = await encodeImage(scene(), { format: 'tiff', metadata: { exif } });
      const back = await readImage(bytes);
      expect(back.raster.data).toEqual(scene().data);
      expect(back.notes).toEqual([]);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatch(/^EXIF that is not kept in tiff: /);
      const path = join(folder, 'foreign.tif');
      await writeFile(path, bytes);
      expect(pillow(path, '[image.mode, image.getpixel((40, 50)), image.tag_v2.get(271)]')).toEqual([
        'RGB',
        [...scene().data.subarray(3 * (50 * 96 + 40), 3 * (50 * 96 + 41))],
        'Cam',
      ]);
    });
});

describe('An impossible resolution', () => {
  const exifOf = (x: number, per = 1) =>
    exifWith([
      [282, 5, [x, per]],
      [283, 5, [x, per]],
      [296, 3, [2]],
    ]);

  testWith('exiftool')('does not prevent writing a PNG, and is kept in its EXIF', async () => {
    for (const [name, exif] of [
      ['large', exifOf(0xffffffff)],
      ['small', exifOf(1, 1000)],
    ] as const) {
      const { bytes, notes } = await encodeImage(scene(), { metadata: { exif } });
      expect(notes).toEqual([]);
      expect((await readImage(bytes)).metadata.exif).toEqual(new Uint8Array(exif));
      const path = join(folder, `${name}.png`);
      await writeFile(path, bytes);
      const tags = exifTags(path);
      expect(tags['PNG-pHYs:PixelsPerUnitX']).toBeUndefined();
    }
  });

  test('is written in EXIF as large as the file says, within the range of EXIF', async () => {
    const phys = Buffer.alloc(9, 0xff);
    phys[8] = 1;
    const large = await readImage(await pngWith([['pHYs', phys]]));
    expect(exifResolution(large.metadata.exif!)!.x).toBeCloseTo(0xffffffff * 0.0254, 0);
    const tags: readonly Entry[] = [
      [282, 5, [1, 50_000]],
      [283, 5, [1, 50_000]],
      [296, 3, [2]],
    ];
    const pixels = new Uint8Array(scene().data);
    const small = await readImage(tiffOf([{ entries: baseline(scene(), 2, [8, 8, 8], tags), pixels }]));
    expect(exifResolution(small.metadata.exif!)!.x).toBeCloseTo(1 / 50_000, 7);
  });
});
