import type { ColourBasis } from '../colour/basis.js';
import { MIDPOINT, toChannels } from '../colour/channels.js';
import { colourCount, type Raster } from '../core/raster.js';
import { analyse } from '../matrices/analyse.js';
import type { Grid } from '../matrices/blocks.js';
import { NORMS8 } from '../matrices/lapping.js';
import { GAIN_UNIT } from './header.js';

/** The spatial factors of a clip in the same form as frames: by factor and channel, coefficient k of block b at b * 64 + k. */
export type SpatialFactors = Float32Array[][];

/** A spatial factor from its decoded picture. */
export const spatialFactor = (picture: Raster, basis: ColourBasis, grid: Grid): Float32Array[] =>
  toChannels(picture, basis).map(channel => analyse(channel, grid));

/**
 * The coefficients of the low-rank part of a frame: the sum of gain times spatial factor. The first gain, in 1 / GAIN_UNIT above 1, scales
 * intensities, with 0 for black. The others scale differences from middle grey, and are used as they are. Alpha is that of the first
 * factor.
 */
export function lowRankPart(
  factors: SpatialFactors,
  gains: readonly number[],
  basis: ColourBasis,
): Float32Array[] {
  const [first, ...others] = factors as [Float32Array[], ...Float32Array[][]];
  if (gains.slice(0, factors.length).every(gain => gain === 0)) return first;
  const colours = colourCount(first.length);
  return first.map((u, c) => {
    if (c >= colours) return u;
    const gain = gains[0]! / GAIN_UNIT;
    const white =
      colours === 1 ? MIDPOINT : MIDPOINT * (basis[3 * c]! + basis[3 * c + 1]! + basis[3 * c + 2]!);
    const lift = gain * white * 8 * NORMS8[0]!;
    const out = new Float32Array(u.length);
    for (let i = 0; i < u.length; i++) {
      let sum = u[i]! + gain * u[i]!;
      if (!(i & 63)) sum += lift;
      for (let k = 0; k < others.length; k++) sum += (gains[k + 1]! / GAIN_UNIT) * others[k]![c]![i]!;
      out[i] = sum;
    }
    return out;
  });
}
