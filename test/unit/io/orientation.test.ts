import { expect, test } from 'vitest';
import type { Raster } from '../../../src/core/raster.js';
import { bareExif, exifOrientation, hasThumbnail, uprightExif } from '../../../src/io/metadata/exif.js';
import { uprightXmp } from '../../../src/io/metadata/xmp.js';
import { turn } from '../../../src/io/raster/turn.js';
import { exifOf, xmpOf } from './pictures.js';

test('Orientation is read and reset in both byte orders, and nothing else changes', () => {
  for (const order of ['II', 'MM'] as const)
    for (let orientation = 1; orientation <= 8; orientation++) {
      const exif = exifOf(orientation, order);
      expect(exifOrientation(exif)).toBe(orientation);
      const upright = uprightExif(exif);
      expect(exifOrientation(exif), 'the input is not edited').toBe(orientation);
      expect([...upright]).toEqual([...exifOf(1, order)]);
    }
});

test('EXIF in the middle of a larger buffer is edited at the right bytes', () => {
  const padded = new Uint8Array(60).fill(0xee);
  padded.set(exifOf(6, 'MM'), 11);
  const view = padded.subarray(11, 49);
  expect(exifOrientation(view)).toBe(6);
  expect([...uprightExif(view)]).toEqual([...exifOf(1, 'MM')]);
});

test('Damaged EXIF has orientation 1 and comes back unchanged, cut at any byte or with any byte changed', () => {
  const exif = exifOf(6);
  for (let length = 0; length < exif.length - 4; length++) {
    const cut = exif.subarray(0, length);
    expect([1, 6]).toContain(exifOrientation(cut));
    expect(uprightExif(cut).length).toBe(length);
  }
  for (let at = 0; at < exif.length; at++) {
    const changed = exif.slice();
    changed[at]! ^= 0xff;
    expect(exifOrientation(changed)).toBeGreaterThanOrEqual(1);
    expect(exifOrientation(changed)).toBeLessThanOrEqual(8);
    expect(uprightExif(changed).length).toBe(exif.length);
  }
  expect(exifOrientation(exifOf(9))).toBe(1);
});

test('The prefix that JPEG puts before EXIF is removed, and only that', () => {
  const exif = exifOf(3);
  expect([...bareExif(Buffer.concat([Buffer.from('Exif\0\0'), exif]))]).toEqual([...exif]);
  expect(bareExif(exif)).toBe(exif);
});

test('A thumbnail is a second directory', () => {
  expect(hasThumbnail(exifOf(1))).toBe(false);
  expect(hasThumbnail(exifOf(1, 'MM', true))).toBe(true);
});

test('XMP loses its orientation, attribute or element, and keeps its length and other bytes', () => {
  for (const [before, after] of [
    ['<a tiff:Orientation="6" b="é6"/>', '<a tiff:Orientation="1" b="é6"/>'],
    ["<a tiff:Orientation = '8'/>", "<a tiff:Orientation = '1'/>"],
    ['<tiff:Orientation>3</tiff:Orientation>', '<tiff:Orientation>1</tiff:Orientation>'],
    ['<exif:Orientation>3</exif:Orientation>', '<exif:Orientation>3</exif:Orientation>'],
  ])
    expect(Buffer.from(uprightXmp(xmpOf(before))).toString()).toBe(Buffer.from(xmpOf(after)).toString());
});

test('Orientations turn pixels by the table of EXIF 2.32, 4.6.5 A', () => {
  // 3 x 2: a b c / d e f
  const stored: Raster = {
    width: 3,
    height: 2,
    channels: 1,
    bitDepth: 8,
    data: Uint8Array.from(Buffer.from('abcdef')),
  };
  const expected = ['', 'abcdef', 'cbafed', 'fedcba', 'defabc', 'adbecf', 'daebfc', 'fcebda', 'cfbead'];
  for (let orientation = 1; orientation <= 8; orientation++) {
    const { width, height, data } = turn({ ...stored, data: stored.data.slice() }, orientation);
    expect(Buffer.from(data).toString(), `orientation ${orientation}`).toBe(expected[orientation]);
    expect([width, height]).toEqual(orientation < 5 ? [3, 2] : [2, 3]);
  }
});
