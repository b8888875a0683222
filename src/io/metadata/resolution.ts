import { type ExifEntry, exifEntries } from './exif-entries.js';
import { writeExif } from './write-exif.js';

/** Pixels an inch, across and down. */
export interface Resolution {
  x: number;
  y: number;
}

/** Assumed where a file says nothing: leaving it out loses nothing, and it is never written. */
const USUAL = 72;

export const isUsual = ({ x, y }: Resolution): boolean =>
  Math.abs(x - USUAL) < 0.5 && Math.abs(y - USUAL) < 0.5;

const [X, Y, UNIT] = [0x011a, 0x011b, 0x0128];
const [INCH, CENTIMETRE] = [2, 3];

/** The resolution in EXIF (a bare TIFF structure); undefined if it has none. */
export function exifResolution(exif: Uint8Array): Resolution | undefined {
  const find = (tag: number): ExifEntry | undefined =>
    exifEntries(exif).find(entry => entry.place === 'image' && entry.tag === tag);
  const ratio = (entry: ExifEntry | undefined): number => {
    if (entry?.type !== 5 || entry.value.length !== 8) return Number.NaN;
    const view = new DataView(entry.value.buffer);
    return view.getUint32(0, true) / view.getUint32(4, true);
  };
  const unit = find(UNIT)?.value[0] ?? INCH;
  const scale = unit === INCH ? 1 : unit === CENTIMETRE ? 2.54 : Number.NaN;
  const [x, y] = [ratio(find(X)) * scale, ratio(find(Y)) * scale];
  return x > 0 && y > 0 && Number.isFinite(x + y) ? { x, y } : undefined;
}

/** EXIF that holds only a resolution. */
export function resolutionExif({ x, y }: Resolution): Uint8Array {
  const rational = (value: number): Uint8Array => {
    const denominator = Number.isInteger(value) || value > 1e6 ? 1 : value < 1 ? 1e9 : 1000;
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setUint32(0, Math.min(Math.round(value * denominator), 0xffffffff), true);
    new DataView(bytes.buffer).setUint32(4, denominator, true);
    return bytes;
  };
  return writeExif([
    { place: 'image', tag: X, type: 5, count: 1, value: rational(x) },
    { place: 'image', tag: Y, type: 5, count: 1, value: rational(y) },
    { place: 'image', tag: UNIT, type: 3, count: 1, value: Uint8Array.of(INCH, 0) },
  ])!;
}
