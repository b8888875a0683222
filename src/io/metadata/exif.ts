import {
  bytesOf,
  isWhole,
  numbersOf,
  openTiff,
  readDirectory,
  type TiffEntry,
  type TiffStructure,
} from '../formats/tiff-structure.js';

const RESOLUTION = [0x011a, 0x011b]; // across, down
const ORIENTATION = 0x0112; // EXIF 2.32, 4.6.4 A: SHORT, count 1; some writers use other whole numbers

/** Integers of any size are accepted, as in libvips: whatever a viewer turns by is reset, so that nothing is turned twice. */
const isOrientation = (entry: TiffEntry): boolean =>
  entry.tag === ORIENTATION && isWhole(entry) && entry.count === 1 && entry.at >= 0;

function orientationEntries(tiff: TiffStructure | undefined): TiffEntry[] {
  const directory = tiff && readDirectory(tiff, tiff.first);
  return directory?.entries.filter(isOrientation) ?? [];
}

/**
 * EXIF as a bare TIFF structure: JPEG puts 'Exif\0\0' in front of it, and so do some writers of other formats. Returns a view, not a copy.
 */
export function bareExif(exif: Uint8Array): Uint8Array {
  const prefix = [0x45, 0x78, 0x69, 0x66, 0, 0];
  return prefix.every((byte, i) => exif[i] === byte) ? exif.subarray(6) : exif;
}

/** Can EXIF (a bare TIFF structure) be walked, at least its first directory? */
export function isExif(exif: Uint8Array): boolean {
  const tiff = openTiff(exif);
  return tiff !== undefined && !tiff.big && readDirectory(tiff, tiff.first) !== undefined;
}

/** The orientation in EXIF (a bare TIFF structure), 1 to 8; 1 if it has none or an invalid one. */
export function exifOrientation(exif: Uint8Array): number {
  const tiff = openTiff(exif);
  const [value = 1] = tiff ? numbersOf(tiff, orientationEntries(tiff)[0]) : [];
  return value >= 1 && value <= 8 ? value : 1;
}

/**
 * A copy of EXIF (a bare TIFF structure) with orientation 1 in its first directory, for pixels that have been turned already. Nothing
 * moves: only the value bytes change. A structure that cannot be walked is returned unchanged. The thumbnail, if any, has a directory of
 * its own and is not turned. If width and height have changed places (`swaps`), so do the horizontal and vertical resolutions.
 */
export function uprightExif(exif: Uint8Array, swaps = false): Uint8Array {
  const copy = new Uint8Array(exif); // not slice(): that of a Buffer is a view
  const tiff = openTiff(copy);
  if (tiff && swaps) swapResolution(tiff);
  for (const { at, length } of orientationEntries(tiff)) {
    copy.fill(0, at, at + length);
    copy[tiff!.littleEndian ? at : at + length - 1] = 1;
  }
  return copy;
}

function swapResolution(tiff: TiffStructure): void {
  const entries = readDirectory(tiff, tiff.first)?.entries ?? [];
  const [x, y] = RESOLUTION.map(tag => entries.find(entry => entry.tag === tag));
  if (!x || !y || x.at < 0 || y.at < 0 || x.type !== y.type || x.length !== y.length) return;
  const across = bytesOf(tiff, x).slice();
  tiff.bytes.copyWithin(x.at, y.at, y.at + y.length);
  tiff.bytes.set(across, y.at);
}

/** Does EXIF carry a thumbnail (a second directory)? */
export function hasThumbnail(exif: Uint8Array): boolean {
  const tiff = openTiff(exif);
  return ((tiff && readDirectory(tiff, tiff.first)?.next) ?? 0) !== 0;
}
