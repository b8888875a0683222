import { readDirectory, type TiffEntry } from '../formats/tiff-tags.js';

const ORIENTATION = 0x0112; // EXIF 2.32, 4.6.4 A: SHORT, count 1
const SHORT = 3;

const isOrientation = (entry: TiffEntry): boolean =>
  entry.tag === ORIENTATION && entry.type === SHORT && entry.count === 1;

/**
 * EXIF as a bare TIFF structure: JPEG puts 'Exif\0\0' in front of it, and so does libvips for some formats.
 * Returns a view, not a copy.
 */
export function bareExif(exif: Uint8Array): Uint8Array {
  const prefix = [0x45, 0x78, 0x69, 0x66, 0, 0];
  return prefix.every((byte, i) => exif[i] === byte) ? exif.subarray(6) : exif;
}

/** The orientation that EXIF (a bare TIFF structure) states, 1 to 8; 1 where it states none or nonsense. */
export function exifOrientation(exif: Uint8Array): number {
  const directory = readDirectory(exif);
  const entry = directory?.entries.find(isOrientation);
  if (!directory || !entry) return 1;
  const value = new DataView(exif.buffer, exif.byteOffset).getUint16(entry.at, directory.littleEndian);
  return value >= 1 && value <= 8 ? value : 1;
}

/**
 * A copy of EXIF (a bare TIFF structure) whose first directory states orientation 1: for pixels that have been
 * turned already. Nothing moves: only the two value bytes change. A structure that cannot be walked comes back
 * as it was. The thumbnail, if any, keeps its own directory and is not turned.
 */
export function uprightExif(exif: Uint8Array): Uint8Array {
  const copy = new Uint8Array(exif); // not slice(): that of a Buffer is a view
  const directory = readDirectory(copy);
  const view = new DataView(copy.buffer);
  for (const entry of directory?.entries ?? [])
    if (isOrientation(entry)) view.setUint16(entry.at, 1, directory!.littleEndian);
  return copy;
}

/** Does EXIF carry a thumbnail (a second directory)? */
export const hasThumbnail = (exif: Uint8Array): boolean => (readDirectory(exif)?.next ?? 0) !== 0;
