import { readHeif } from '../formats/iso-boxes.js';
import { writeExif } from '../metadata/write-exif.js';

/** More than a library adds to EXIF that it writes anew. */
const ROOM = 1024;
const DESCRIPTION = 270;

/** EXIF that takes more room than `exif`, to be replaced by it: libraries write EXIF as they see fit, and leave out what they do not know. */
export const placeFor = (exif: Uint8Array): Uint8Array =>
  writeExif([
    {
      place: 'image',
      tag: DESCRIPTION,
      type: 2,
      count: exif.length + ROOM,
      value: new Uint8Array(exif.length + ROOM).fill(0x20, 0, -1),
    },
  ])!;

/** An AVIF with this EXIF, byte for byte, in the place of the one that it has; as it was where it has none or one that is shorter. */
export function replaceExif(avif: Uint8Array, exif: Uint8Array): Uint8Array {
  const [extent, ...more] = readHeif(avif)?.items.find(({ type }) => type === 'Exif')?.extents ?? [];
  // ISO/IEC 23008-12, A.2.1: four bytes that say where the TIFF structure begins after them
  const length = 4 + exif.length;
  if (!extent || more.length > 0 || extent.lengthSize !== 4 || extent.length < length) return avif;
  const out = Buffer.from(avif);
  out.fill(0, extent.at, extent.at + extent.length);
  out.set(exif, extent.at + 4);
  out.writeUInt32BE(length, extent.lengthAt);
  return out;
}
