import type { ColourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import type { Plane } from '../core/plane.js';
import type { Raster } from '../core/raster.js';
import { type Mse, mse } from '../metrics/mse.js';
import type { Step } from '../planes/schedule.js';
import type { PictureLevels } from '../planes/write-factors.js';
import type { Tiles } from '../tiles/model.js';
import { paintTiles } from '../tiles/paint.js';

/** X V by channel and of plane 0's level, in steps, beside the levels chosen for it. */
interface Uncoded {
  channels: Float32Array[];
  thumbs: Float32Array[];
  levels: PictureLevels;
}

/** Squared error, in squared steps, that one step of the file takes away: that of its coefficients at zero less that of their levels. */
export function stepGain({ channels, thumbs, levels }: Uncoded, of: Step): number {
  const u = of.thumb ? thumbs[of.channel]! : channels[of.channel]!;
  const q = of.thumb ? levels.thumbs[of.channel]! : levels.channels[of.channel]!.levels;
  const size = of.thumb ? 16 : 64;
  let gain = 0;
  for (const k of of.planes)
    for (let at = k; at < u.length; at += size) {
      const x = u[at]!;
      const level = q[at]!;
      if (level) gain += level * (2 * x - level);
    }
  return gain;
}

/** Mean squared errors of a picture decoded as far as its channels, and its exact cells where they are there. */
export function errorsOf(raster: Raster, planes: Plane[], basis: ColourBasis, tiles?: Tiles): Mse {
  const data = fromChannels(planes, basis, raster, false);
  if (tiles) paintTiles(data, raster.width, raster.channels, tiles);
  return mse(raster, { ...raster, data });
}
