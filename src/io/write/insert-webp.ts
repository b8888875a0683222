import type { Metadata } from '../../decode/index.js';
import { joinRiff, splitRiff } from '../formats/riff-chunks.js';

// RFC 9649, section 2.7: flags of VP8X
const [ICC, ALPHA, EXIF, XMP] = [0x20, 0x10, 0x08, 0x04];

/** A WebP of one frame that has none with ICC, EXIF and XMP, byte for byte. */
export function insertIntoWebp(
  webp: Uint8Array,
  { width, height }: { width: number; height: number },
  metadata: Metadata,
): Uint8Array {
  const { icc, exif, xmp } = metadata;
  if (!icc && !exif && !xmp) return webp;
  const chunks = splitRiff(webp);
  const extended = chunks.find(({ type }) => type === 'VP8X');
  const lossless = chunks.find(({ type }) => type === 'VP8L');
  // the bit after 14 bits each of width and height says whether alpha is used
  const alpha = extended
    ? (extended.data[0]! & ALPHA) !== 0
    : lossless !== undefined && (lossless.data[4]! & 0x10) !== 0;
  const header = Buffer.alloc(10);
  header[0] = (icc ? ICC : 0) | (alpha ? ALPHA : 0) | (exif ? EXIF : 0) | (xmp ? XMP : 0);
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  return joinRiff([
    { type: 'VP8X', data: header },
    ...(icc ? [{ type: 'ICCP', data: icc }] : []),
    ...chunks.filter(({ type }) => type !== 'VP8X'),
    ...(exif ? [{ type: 'EXIF', data: exif }] : []),
    ...(xmp ? [{ type: 'XMP ', data: xmp }] : []),
  ]);
}
