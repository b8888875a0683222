import { directoriesOf, isWhole, numbersOf, openTiff } from './tiff-structure.js';

/** The greatest value that there is, of tags for whose sake no reader is to fail: orientation, unit of resolution. TIFF 6.0, section 8. */
const MOST: Readonly<Record<number, number>> = { 274: 8, 296: 3 };

/**
 * A TIFF as loaders take it: an orientation or a unit of resolution that there is none of becomes 1, which says nothing. The same bytes where there is nothing to mend, else a
 * copy.
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
