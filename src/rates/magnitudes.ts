import { colourCount } from '../core/raster.js';
import { roleOf } from '../planes/schedule.js';
import { STEP_BITS, stepCode, stepOf } from '../planes/step.js';
import { columnExponents, STEPS, type Weights } from '../planes/weights.js';

/** Codes of steps in each bin of magnitudes. Bins are as wide as the ranges of floats that share their upper bits. */
const WIDTH = 8;
const BINS = 2 ** STEP_BITS / WIDTH;
/** Bits of a float below those of its bin, and the first bin. */
const BELOW = 18;
const FIRST = new Int32Array(Float32Array.of(stepOf(0)).buffer)[0]! >> BELOW;

/** The quantiser's dead zone: what is below this many steps becomes 0. */
const DEAD = 0.6;
/** Bits of a level of 1, including its place, before contexts reduce them; each octave more takes another bit. */
const BITS = 5;
const CONTEXTS = 0.85;

/**
 * Numbers that `gather` makes: by bin the number of magnitudes, the sum of the squares of their steps for D = 1, and the sum of their own
 * squares.
 */
export const GATHERED = 3 * BINS;

/** Adds the magnitudes of X V, by channel element k of block b at b * 64 + k, to the bins. Plane 0 and the weights of rows are left out. */
export function gather(
  channels: readonly Float32Array[],
  weights: Weights | undefined,
  into: Float64Array,
): void {
  const sizes = new Float32Array(64);
  const bits = new Int32Array(sizes.buffer);
  for (const [c, u] of channels.entries()) {
    const weighted = weights && c < colourCount(channels.length);
    const exponents = weighted ? columnExponents(weights, roleOf(c, channels.length)) : undefined;
    const units = Float64Array.from({ length: 64 }, (_, k) => (exponents ? STEPS[exponents[k]!]! : 1));
    const squares = units.map(unit => unit * unit);
    const scale = units.map(unit => 1 / unit);
    for (let from = 0; from < u.length; from += 64) {
      for (let k = 1; k < 64; k++) sizes[k] = Math.abs(u[from + k]!) * scale[k]!;
      for (let k = 1; k < 64; k++) {
        const at = 3 * Math.max(0, Math.min(BINS - 1, (bits[k]! >> BELOW) - FIRST));
        const x = u[from + k]!;
        into[at]!++;
        into[at + 1]! += squares[k]!;
        into[at + 2]! += x * x;
      }
    }
  }
}

/**
 * Forecasts files at other steps from the sizes of all coefficients alone: within half a dB and a third of the bytes; from step to step
 * much closer.
 */
export interface Forecast {
  psnr: (code: number) => number;
  bytes: (code: number) => number;
}

/** A forecast from the gathered sums, for a picture with this many colour samples. */
export function forecastOf(gathered: Float64Array, samples: number): Forecast {
  /**
   * By bin, over all magnitudes in it or above: their number, their logarithms, the squares of their steps; and the squares of all below
   * it.
   */
  const [counts, logs, steps, below] = Array.from({ length: 4 }, () => new Float64Array(BINS + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let bin = 0; bin < BINS; bin++) below[bin + 1] = below[bin]! + gathered[3 * bin + 2]!;
  for (let bin = BINS - 1; bin >= 0; bin--) {
    const count = gathered[3 * bin]!;
    counts[bin] = counts[bin + 1]! + count;
    logs[bin] = logs[bin + 1]! + count * Math.log2(stepOf((bin + 0.5) * WIDTH));
    steps[bin] = steps[bin + 1]! + gathered[3 * bin + 1]!;
  }
  return {
    psnr(code) {
      const step = stepOf(code);
      const at = stepCode(DEAD * step) / WIDTH;
      const error = between(below, at) + (between(steps, at) * step * step) / 12;
      return 10 * Math.log10((255 * 255 * samples) / error);
    },
    bytes(code) {
      const step = stepOf(code);
      const at = stepCode(DEAD * step) / WIDTH;
      const bits = between(counts, at) * (BITS - Math.log2(step)) + between(logs, at);
      return (CONTEXTS * bits) / 8 + 1;
    },
  };
}

/** Sums at a place between two bins. */
function between(sums: Float64Array, at: number): number {
  const bin = Math.floor(at);
  return sums[bin]! + (at - bin) * (sums[bin + 1]! - sums[bin]!);
}
