import type { Metadata } from '../../decode/index.js';
import { sniff } from '../formats/sniff.js';
import { type ExifEntry, exifEntries } from '../metadata/exif-entries.js';
import { listed } from '../metadata/printable.js';
import { wordsOf } from '../words/words-of.js';

const same = (a: Uint8Array, b: Uint8Array | undefined): boolean =>
  b !== undefined && Buffer.compare(a, b) === 0;

/** What of the metadata a file that was written does not hold, or holds otherwise: found by reading it, entry by entry. One sentence each. */
export function lostMetadata(file: Uint8Array, { icc, exif, xmp }: Metadata, format: string): string[] {
  if (!icc && !exif && !xmp) return [];
  const kind = sniff(file);
  const found = kind ? wordsOf(kind, file) : undefined;
  const notes: string[] = [];
  if (icc && !same(icc, found?.icc)) notes.push(`the ICC profile is not kept in ${format}`);
  if (exif) {
    const lost = lostEntries(exif, found?.exif ?? new Uint8Array(), kind === 'tiff');
    const names = found?.exif
      ? ` that is not kept in ${format}: ${listed(lost.map(({ name }) => name))}`
      : ` is not kept in ${format}`;
    if (lost.length > 0) notes.push(`EXIF${names}`);
  }
  if (xmp && !same(xmp, found?.xmp)) notes.push(`XMP is not kept in ${format}`);
  return notes;
}

/** Of the picture as a whole, TIFF says in its own tags. */
const SAID_BY_TIFF = new Set([256, 257, 258, 259, 262, 274, 277, 282, 283, 284, 296, 531]);

function lostEntries(before: Uint8Array, after: Uint8Array, inTiff: boolean): ExifEntry[] {
  const keyOf = ({ place, tag }: ExifEntry): string => `${place} ${tag}`;
  const kept = new Map(exifEntries(after).map(entry => [keyOf(entry), entry]));
  return exifEntries(before).filter(entry => {
    if (inTiff && entry.place === 'image' && SAID_BY_TIFF.has(entry.tag)) return false;
    return !same(entry.value, kept.get(keyOf(entry))?.value);
  });
}
