import { openTiff, readDirectory } from '../formats/tiff-structure.js';
import { isDescriptive } from '../metadata/descriptive-tags.js';
import { type ExifEntry, entriesOfDirectory, exifEntries } from '../metadata/exif-entries.js';
import { exifResolution } from '../metadata/resolution.js';
import { layDirectories } from '../metadata/write-exif.js';

const [X, Y, UNIT] = [282, 283, 296];
const RESOLUTION = new Set([X, Y, UNIT]);

/** That pixels are square and nothing else: baseline TIFF wants these tags. */
const NO_RESOLUTION: readonly Omit<ExifEntry, 'name'>[] = [
  { place: 'image', tag: X, type: 5, count: 1, value: Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0) },
  { place: 'image', tag: Y, type: 5, count: 1, value: Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0) },
  { place: 'image', tag: UNIT, type: 3, count: 1, value: Uint8Array.of(1, 0) },
];

/**
 * A little-endian TIFF of one page with EXIF: its directory comes again at the end, with what EXIF says of the picture, and those of EXIF and GPS. The resolution
 * is that of EXIF, or none: writers put one of their own there.
 */
export function insertIntoTiff(tiff: Uint8Array, exif: Uint8Array | undefined): Uint8Array {
  const structure = openTiff(tiff);
  const directory = structure && readDirectory(structure, structure.first);
  if (!structure?.littleEndian || structure.big || !directory) return tiff;
  const ownEntries = entriesOfDirectory(structure, directory.entries).filter(
    ({ tag }) => !RESOLUTION.has(tag),
  );
  const stated = exif !== undefined && exifResolution(exif) !== undefined;
  // what says how the pixels stand is the file's own business: EXIF of other TIFF files says it of those
  const added = (exif ? exifEntries(exif) : []).filter(
    ({ place, tag }) => place !== 'image' || isDescriptive(tag) || (stated && RESOLUTION.has(tag)),
  );
  const start = tiff.length + (tiff.length & 1);
  const directories = layDirectories([...ownEntries, ...(stated ? [] : NO_RESOLUTION), ...added], start)!;
  const out = new Uint8Array(start + directories.length);
  out.set(tiff);
  out.set(directories, start);
  new DataView(out.buffer).setUint32(4, start, true);
  return out;
}
