import {
  bytesOf,
  numbersOf,
  openTiff,
  readDirectory,
  type TiffEntry,
  type TiffStructure,
} from '../formats/tiff-structure.js';
import { exifName } from './exif-names.js';

/** Where EXIF keeps its tags. */
export type ExifPlace = 'image' | 'thumbnail' | 'exif' | 'gps' | 'interoperability';

/** One tag of EXIF and its value. */
export interface ExifEntry {
  place: ExifPlace;
  tag: number;
  type: number;
  count: number;
  /** Little-endian. */
  value: Uint8Array;
  /** Its name in the EXIF standard. */
  name: string;
}

/** Tags that lead to other directories: EXIF 2.32, 4.6.3. */
const POINTERS: Readonly<Record<number, ExifPlace>> = {
  34665: 'exif',
  34853: 'gps',
  40965: 'interoperability',
};

/** Bytes of the numbers in a value, by field type, for changing their byte order. */
const WORDS = [1, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8, 4, 1, 1, 8, 8, 8];

/** All tags of EXIF (a bare TIFF structure) in all directories, without the pointers between these; empty if it is not EXIF. */
export function exifEntries(exif: Uint8Array): ExifEntry[] {
  const tiff = openTiff(exif);
  if (!tiff) return [];
  const entries: ExifEntry[] = [];
  const next = walk(tiff, tiff.first, 'image', entries, new Set());
  if (next) walk(tiff, next, 'thumbnail', entries, new Set());
  return entries;
}

/** The tags of one directory of a TIFF file, and of those it leads to. */
export function entriesOfDirectory(tiff: TiffStructure, directory: readonly TiffEntry[]): ExifEntry[] {
  const found: ExifEntry[] = [];
  take(tiff, directory, 'image', found, new Set());
  return found;
}

function walk(
  tiff: TiffStructure,
  at: number,
  place: ExifPlace,
  found: ExifEntry[],
  seen: Set<number>,
): number {
  if (seen.has(at)) return 0;
  seen.add(at);
  const directory = readDirectory(tiff, at);
  if (!directory) return 0;
  take(tiff, directory.entries, place, found, seen);
  return directory.next;
}

function take(
  tiff: TiffStructure,
  entries: readonly TiffEntry[],
  place: ExifPlace,
  found: ExifEntry[],
  seen: Set<number>,
): void {
  for (const entry of entries) {
    const below = POINTERS[entry.tag];
    const [target] = below && place !== 'thumbnail' ? numbersOf(tiff, entry) : [];
    if (below && target !== undefined) walk(tiff, target, below, found, seen);
    else if (!below) found.push(entryOf(tiff, entry, place));
  }
}

function entryOf(tiff: TiffStructure, entry: TiffEntry, place: ExifPlace): ExifEntry {
  const value = new Uint8Array(bytesOf(tiff, entry));
  const word = WORDS[entry.type] ?? 1;
  if (!tiff.littleEndian && word > 1)
    for (let i = 0; i + word <= value.length; i += word) value.subarray(i, i + word).reverse();
  const table = place === 'gps' || place === 'interoperability' ? place : 'main';
  const { tag, type, count } = entry;
  return { place, tag, type, count, value, name: exifName(tag, table) };
}
