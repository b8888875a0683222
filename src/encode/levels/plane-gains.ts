import { BANDS8, ORDER8 } from '../../planes/order.js';
import type { ChannelLevels } from '../../planes/write-factors.js';

/**
 * By plane, the squared error that a channel's levels remove, in squared steps: that of zeros less that of the levels. `u` are its
 * coefficients in steps.
 */
export function planeGains(u: Float32Array, { levels, lastBand }: ChannelLevels): Float64Array {
  const gains = new Float64Array(64);
  for (let b = 0; b < lastBand.length; b++)
    for (let n = 1, end = BANDS8[lastBand[b]!]!; n < end; n++) {
      const k = ORDER8[n]!;
      const at = b * 64 + k;
      const level = levels[at]!;
      if (level) gains[k]! += level * (2 * u[at]! - level);
    }
  return gains;
}
