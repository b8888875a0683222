/** Where one entry of a TIFF directory stands, for those who read it or edit it in place. */
export interface TiffEntry {
  tag: number;
  /** Field type: 3 is SHORT, 4 is LONG. */
  type: number;
  count: number;
  /** Offset of the entry's 4 value bytes in the structure. */
  at: number;
}

/** One TIFF structure (the inside of EXIF, or a TIFF file) and its first directory. */
export interface TiffDirectory {
  littleEndian: boolean;
  entries: TiffEntry[];
  /** Offset of the next directory (the thumbnail's, in EXIF), 0 if none. */
  next: number;
}

/** TIFF 6.0, section 2: the first directory, or undefined where the bytes are not a whole one (BigTIFF included). */
export function readDirectory(bytes: Uint8Array): TiffDirectory | undefined {
  if (bytes.length < 8) return undefined;
  const order =
    bytes[0] === 0x49 && bytes[1] === 0x49 ? 'II' : bytes[0] === 0x4d && bytes[1] === 0x4d ? 'MM' : '';
  if (order === '') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = order === 'II';
  if (view.getUint16(2, littleEndian) !== 42) return undefined;
  const start = view.getUint32(4, littleEndian);
  if (start + 2 > bytes.length) return undefined;
  const count = view.getUint16(start, littleEndian);
  const end = start + 2 + 12 * count;
  if (end > bytes.length) return undefined;
  const entries: TiffEntry[] = [];
  for (let at = start + 2; at < end; at += 12)
    entries.push({
      tag: view.getUint16(at, littleEndian),
      type: view.getUint16(at + 2, littleEndian),
      count: view.getUint32(at + 4, littleEndian),
      at: at + 8,
    });
  return { littleEndian, entries, next: end + 4 <= bytes.length ? view.getUint32(end, littleEndian) : 0 };
}
