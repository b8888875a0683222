import { dot, solve } from '../algebra/solve.js';
import { colourCount, type Raster } from '../core/raster.js';
import { GAIN_BITS, GAIN_UNIT } from './header.js';

/** Number of samples that gains are fitted to. */
const SAMPLES = 30_000;
/** Rounds of least squares. After each, samples this many times as far off as half of them are dropped. */
const ROUNDS = 4;
const SPREAD = 4;
/** Parts a side of the picture whose own gains must agree that the light has changed: half of them to within half of it. */
const PARTS = 4;

/**
 * The gains of a frame as in the header: those with which the sum of gain times factor comes nearest to it, moving things left out. The
 * first factor is a picture of intensities; the others are differences from middle grey. The first gain is 0 if the parts of the picture do
 * not agree on it: then things have moved, and the light has not changed.
 */
export function gainsOfFrame(frame: Raster, factors: readonly Raster[]): number[] {
  const colours = colourCount(frame.channels);
  const places: number[] = [];
  const pixels = frame.width * frame.height;
  // A stride that has no common factor with most widths.
  const hop = Math.max(1, Math.floor((pixels * colours) / SAMPLES)) | 1;
  for (let n = 0; n < pixels * colours; n += hop)
    places.push(Math.floor(n / colours) * frame.channels + (n % colours));
  const middle = frame.bitDepth === 16 ? 32_896 : 128;
  const columns = factors.map(({ data }, k) => Float64Array.from(places, i => data[i]! - (k ? middle : 0)));
  const wanted = Float64Array.from(places, (i, n) => frame.data[i]! - columns[0]![n]!);
  let kept = Uint8Array.from(places, () => 1);
  let gains: Float64Array = new Float64Array(factors.length);
  for (let round = 0; round < ROUNDS; round++) {
    const masked = columns.map(column => column.map((v, n) => v * kept[n]!));
    const a = masked.flatMap(x => columns.map(y => dot(x, y)));
    const found = solve(
      a,
      masked.map(x => dot(x, wanted)),
    );
    if (!found) break;
    gains = found;
    const errors = wanted.map((w, n) =>
      Math.abs(w - columns.reduce((sum, x, k) => sum + gains[k]! * x[n]!, 0)),
    );
    const reach = SPREAD * errors.slice().sort()[errors.length >> 1]!;
    kept = Uint8Array.from(errors, error => (error <= reach ? 1 : 0));
  }
  const rest = wanted.map((w, n) => columns.slice(1).reduce((sum, x, k) => sum - gains[k + 1]! * x[n]!, w));
  const parts = places.map(i => partOf(frame, Math.floor(i / frame.channels)));
  if (!agreed(rest, columns[0]!, kept, parts, gains[0]!)) gains[0] = 0;
  const most = 2 ** (GAIN_BITS - 1);
  return Array.from(gains, gain => Math.max(-most, Math.min(most - 1, Math.round(gain * GAIN_UNIT))));
}

const partOf = ({ width, height }: Raster, pixel: number): number =>
  Math.floor((Math.floor(pixel / width) * PARTS) / height) * PARTS +
  Math.floor(((pixel % width) * PARTS) / width);

/** Do half of the parts have gains of their own within half of `gain`? */
function agreed(
  wanted: Float64Array,
  column: Float64Array,
  kept: Uint8Array,
  parts: number[],
  gain: number,
): boolean {
  const products = new Float64Array(PARTS * PARTS);
  const squares = new Float64Array(PARTS * PARTS);
  parts.forEach((part, n) => {
    if (!kept[n]) return;
    products[part]! += column[n]! * wanted[n]!;
    squares[part]! += column[n]! ** 2;
  });
  const off = products.map((product, part) => Math.abs(product / (squares[part]! || 1) - gain)).sort();
  return off[off.length >> 1]! <= Math.abs(gain) / 2;
}
