import { directoriesOf, isWhole, numbersOf, openTiff } from './tiff-structure.js';

/** The largest valid value of tags that must not make a reader fail: orientation and unit of resolution. TIFF 6.0, section 8. */
const MOST: Readonly<Record<number, number>> = { 274: 8, 296: 3 };

/**
 * A TIFF that loaders accept: an invalid orientation or unit of resolution becomes 1, which says nothing. Returns the same bytes if there
 * is nothing to mend, else a copy.
 */
export function mendTiff(bytes: Uint8Array): Uint8Array {
  const tiff = openTiff(bytes);
  if (!tiff) return bytes;
  let copy: Uint8Array | undefined;
  for (const { entries } of directoriesOf(tiff))
    for (const entry of entries) {
      const [value, ...more] = MOST[entry.tag] && isWhole(entry) ? numbersOf(tiff, entry) : [];
      if (value === undefined || more.length > 0 || (value >= 1 && value <= MOST[entry.tag]!)) continue;
      copy ??= new Uint8Array(bytes); // not slice(): that of a Buffer is a view
      const { at, length } = entry;
      copy.fill(0, at, at + length);
      copy[tiff.littleEndian ? at : at + length - 1] = 1;
    }
  return copy ?? bytes;
}
