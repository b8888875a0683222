/** One entry of a TIFF directory and the place of its value. */
export interface TiffEntry {
  tag: number;
  /** Field type: 1 BYTE, 2 ASCII, 3 SHORT, 4 LONG, 5 RATIONAL, 7 UNDEFINED ... (TIFF 6.0, section 2) */
  type: number;
  count: number;
  /** Offset of the value in the structure; -1 if it would lie outside. */
  at: number;
  /** Bytes of the value. */
  length: number;
}

/** One directory. */
export interface TiffDirectory {
  entries: TiffEntry[];
  /** Offset of the next directory, 0 if none. */
  next: number;
}

/** A TIFF file, or the inside of EXIF. */
export interface TiffStructure {
  bytes: Uint8Array;
  view: DataView;
  littleEndian: boolean;
  /** BigTIFF: counts and offsets of 8 bytes. */
  big: boolean;
  /** Offset of the first directory. */
  first: number;
}

/** Bytes of one value by field type, BigTIFF's included; 0 for unknown types. */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** Types of whole numbers without and with sign, of ratios, and of floating-point numbers. */
const [UNSIGNED, SIGNED, RATIONAL, FLOATING] = [
  new Set([1, 3, 4, 13, 16, 18]),
  new Set([6, 8, 9, 17]),
  new Set([5, 10]),
  new Set([11, 12]),
];

/** TIFF 6.0, section 2, and BigTIFF; undefined if the bytes begin otherwise. */
export function openTiff(bytes: Uint8Array): TiffStructure | undefined {
  if (bytes.length < 8 || bytes[0] !== bytes[1] || (bytes[0] !== 0x49 && bytes[0] !== 0x4d)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes[0] === 0x49;
  const version = view.getUint16(2, littleEndian);
  if (version === 42) {
    return { bytes, view, littleEndian, big: false, first: view.getUint32(4, littleEndian) };
  }
  if (version !== 43 || bytes.length < 16 || view.getUint16(4, littleEndian) !== 8) return undefined;
  return { bytes, view, littleEndian, big: true, first: offset(view, 8, littleEndian) };
}

/** An offset of 8 bytes as a number. */
const offset = (view: DataView, at: number, littleEndian: boolean): number =>
  Number(view.getBigUint64(at, littleEndian));

/** The directory at an offset; undefined if it does not fit into the structure. */
export function readDirectory(tiff: TiffStructure, at: number): TiffDirectory | undefined {
  const { bytes, view, littleEndian, big } = tiff;
  const [head, step, inline] = big ? [8, 20, 8] : [2, 12, 4];
  if (at < 8 || at + head > bytes.length) return undefined;
  const count = big ? offset(view, at, littleEndian) : view.getUint16(at, littleEndian);
  const end = at + head + step * count;
  if (end > bytes.length) return undefined;
  const entries: TiffEntry[] = [];
  for (let p = at + head; p < end; p += step) {
    const type = view.getUint16(p + 2, littleEndian);
    const values = big ? offset(view, p + 4, littleEndian) : view.getUint32(p + 4, littleEndian);
    const length = (SIZES[type] ?? 0) * values;
    const place = p + step - inline;
    const pointed = big ? offset(view, place, littleEndian) : view.getUint32(place, littleEndian);
    const start = length <= inline ? place : pointed;
    entries.push({
      tag: view.getUint16(p, littleEndian),
      type,
      count: values,
      at: start + length <= bytes.length ? start : -1,
      length,
    });
  }
  const hasNext = end + inline <= bytes.length;
  const next = !hasNext ? 0 : big ? offset(view, end, littleEndian) : view.getUint32(end, littleEndian);
  return { entries, next };
}

/** The numbers of an entry, rationals divided; empty if it has none, or its value lies outside. */
export function numbersOf({ view, littleEndian }: TiffStructure, entry: TiffEntry | undefined): number[] {
  if (!entry || entry.at < 0) return [];
  const size = SIZES[entry.type]!;
  const readValue = (at: number): number => {
    if (RATIONAL.has(entry.type)) {
      const get = (p: number): number =>
        entry.type === 5 ? view.getUint32(p, littleEndian) : view.getInt32(p, littleEndian);
      return get(at) / get(at + 4);
    }
    if (entry.type === 11) return view.getFloat32(at, littleEndian);
    if (entry.type === 12) return view.getFloat64(at, littleEndian);
    if (size === 8) return Number(view.getBigInt64(at, littleEndian));
    if (size === 4)
      return SIGNED.has(entry.type) ? view.getInt32(at, littleEndian) : view.getUint32(at, littleEndian);
    if (size === 2)
      return SIGNED.has(entry.type) ? view.getInt16(at, littleEndian) : view.getUint16(at, littleEndian);
    return SIGNED.has(entry.type) ? view.getInt8(at) : view.getUint8(at);
  };
  if (!isWhole(entry) && !RATIONAL.has(entry.type) && !FLOATING.has(entry.type)) return [];
  return Array.from({ length: entry.count }, (_, i) => readValue(entry.at + i * size));
}

/** Are the values of an entry integers, of any size, signed or unsigned? */
export const isWhole = ({ type }: TiffEntry): boolean => UNSIGNED.has(type) || SIGNED.has(type);

/** The value bytes of an entry, a view; empty if they lie outside. */
export const bytesOf = ({ bytes }: TiffStructure, { at, length }: TiffEntry): Uint8Array =>
  at < 0 ? new Uint8Array() : bytes.subarray(at, at + length);

/** All directories of the chain, in order; ends quietly at one that cannot be read or that comes twice. */
export function directoriesOf(tiff: TiffStructure): TiffDirectory[] {
  const found: TiffDirectory[] = [];
  const seen = new Set<number>();
  for (let at = tiff.first; at !== 0 && !seen.has(at); ) {
    seen.add(at);
    const directory = readDirectory(tiff, at);
    if (!directory) break;
    found.push(directory);
    at = directory.next;
  }
  return found;
}
