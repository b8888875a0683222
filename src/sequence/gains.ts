import { colourCount, type Raster } from '../core/raster.js';
import { dot, solve } from '../restore/solve.js';
import { GAIN_BITS, GAIN_UNIT } from './header.js';

/** Samples that gains are fitted to. */
const SAMPLES = 30_000;
/** Rounds of least squares; after each what lies this many times as far off as half of the samples do is left out. */
const ROUNDS = 4;
const SPREAD = 4;

/**
 * The gains of a frame, as the header holds them: those with which the sum of gain times factor comes nearest to it, moving things left out. The first factor
 * is a picture of intensities, the others are differences from the middle grey.
 */
export function gainsOfFrame(frame: Raster, factors: readonly Raster[]): number[] {
  const colours = colourCount(frame.channels);
  const places: number[] = [];
  const pixels = frame.width * frame.height;
  // A stride without a factor in common with most widths.
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
  const most = 2 ** (GAIN_BITS - 1);
  return Array.from(gains, gain => Math.max(-most, Math.min(most - 1, Math.round(gain * GAIN_UNIT))));
}
