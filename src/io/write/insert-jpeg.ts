import type { Metadata } from '../../decode/index.js';
import { splitJpeg, startsWith } from '../formats/jpeg-segments.js';
import { exifResolution } from '../metadata/resolution.js';

/** A segment has 16 bits of length. */
const MOST = 65_533;
const [APP0, APP1, APP2] = [0xe0, 0xe1, 0xe2];

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

function segment(marker: number, ...parts: Uint8Array[]): Buffer {
  const data = Buffer.concat(parts);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** ICC.1:2022, B.4: in as many segments as it takes. */
function profileSegments(icc: Uint8Array): Buffer[] {
  const room = MOST - 14;
  const count = Math.ceil(icc.length / room);
  if (count > 255) return [];
  return Array.from({ length: count }, (_, i) =>
    segment(
      APP2,
      latin('ICC_PROFILE\0'),
      Uint8Array.of(i + 1, count),
      icc.subarray(i * room, (i + 1) * room),
    ),
  );
}

/**
 * A JPEG that has none with EXIF, XMP and ICC, byte for byte, as far as they fit into segments; its resolution is that of EXIF, or none.
 */
export function insertIntoJpeg(jpeg: Uint8Array, { icc, exif, xmp }: Metadata): Uint8Array {
  const header = splitJpeg(jpeg).segments.find(
    ({ marker, data }) => marker === APP0 && startsWith(data, 'JFIF\0'),
  );
  const out = Buffer.from(jpeg);
  const start = header?.to ?? 2;
  if (header) {
    const { x, y } = (exif && exifResolution(exif)) ?? { x: 0, y: 0 };
    const stated = x >= 1 && y >= 1 && Math.max(x, y) < 65_536;
    out[header.from + 11] = stated ? 1 : 0; // dots an inch, or an aspect alone
    out.writeUInt16BE(stated ? Math.round(x) : 1, header.from + 12);
    out.writeUInt16BE(stated ? Math.round(y) : 1, header.from + 14);
  }
  const parts: Buffer[] = [];
  if (exif && exif.length + 6 <= MOST) parts.push(segment(APP1, latin('Exif\0\0'), exif));
  const name = latin('http://ns.adobe.com/xap/1.0/\0');
  if (xmp && xmp.length + name.length <= MOST) parts.push(segment(APP1, name, xmp));
  if (icc) parts.push(...profileSegments(icc));
  return Buffer.concat([out.subarray(0, start), ...parts, out.subarray(start)]);
}
