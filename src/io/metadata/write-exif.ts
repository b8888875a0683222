import type { ExifEntry, ExifPlace } from './exif-entries.js';

type Fields = Pick<ExifEntry, 'place' | 'tag' | 'type' | 'count' | 'value'>;

/** The pointer in the directory above, by the place that it leads to. */
const POINTER: readonly (readonly [ExifPlace, ExifPlace, number])[] = [
  ['exif', 'interoperability', 40_965],
  ['image', 'gps', 34_853],
  ['image', 'exif', 34_665],
];

/** EXIF (a bare TIFF structure, little-endian) with these tags, in order; thumbnails are left out. Undefined if there are none. */
export function writeExif(entries: readonly Fields[]): Uint8Array | undefined {
  const directories = layDirectories(entries, HEADER.length);
  return directories && new Uint8Array(Buffer.concat([HEADER, directories]));
}

const HEADER = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0);

/**
 * The directories of these tags, the first first, for byte `start` (even) of a little-endian TIFF. Undefined if there are no tags of the
 * image.
 */
export function layDirectories(entries: readonly Fields[], start: number): Uint8Array | undefined {
  const at = (place: ExifPlace): Fields[] => entries.filter(entry => entry.place === place);
  const places: Record<ExifPlace, Fields[]> = {
    image: at('image'),
    exif: at('exif'),
    gps: at('gps'),
    interoperability: at('interoperability'),
    thumbnail: [],
  };
  for (const [above, below, tag] of POINTER)
    if (places[below].length > 0)
      places[above].push({ place: above, tag, type: 4, count: 1, value: new Uint8Array(4) });
  if (places.image.length === 0) return undefined;
  const order = (['image', 'exif', 'interoperability', 'gps'] as const).filter(
    place => places[place].length > 0,
  );
  const starts: Partial<Record<ExifPlace, number>> = {};
  let end = start;
  for (const place of order) {
    starts[place] = end;
    end += sizeOf(places[place]);
  }
  for (const [above, below, tag] of POINTER) {
    const pointer = places[above].find(entry => entry.tag === tag && starts[below]);
    if (pointer) new DataView(pointer.value.buffer).setUint32(0, starts[below]!, true);
  }
  const out = new Uint8Array(end - start);
  for (const place of order) writeDirectory(out, start, starts[place]!, places[place]);
  return out;
}

/** Bytes of a value that is stored after its directory, at an even offset. */
const outside = ({ value }: Fields): number => (value.length > 4 ? value.length + (value.length & 1) : 0);

const sizeOf = (entries: readonly Fields[]): number =>
  2 + 12 * entries.length + 4 + entries.reduce((sum, entry) => sum + outside(entry), 0);

/** `start` is the place of `out` in the file, `at` that of the directory. */
function writeDirectory(out: Uint8Array, start: number, at: number, entries: readonly Fields[]): void {
  const view = new DataView(out.buffer);
  view.setUint16(at - start, entries.length, true);
  let values = at + 2 + 12 * entries.length + 4;
  for (const [i, entry] of [...entries].sort((a, b) => a.tag - b.tag).entries()) {
    const p = at - start + 2 + 12 * i;
    view.setUint16(p, entry.tag, true);
    view.setUint16(p + 2, entry.type, true);
    view.setUint32(p + 4, entry.count, true);
    if (entry.value.length <= 4) out.set(entry.value, p + 8);
    else {
      view.setUint32(p + 8, values, true);
      out.set(entry.value, values - start);
      values += outside(entry);
    }
  }
}
