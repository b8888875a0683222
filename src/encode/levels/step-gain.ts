import type { Step } from '../../planes/schedule.js';
import type { PictureLevels } from '../../planes/write-factors.js';

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
      const level = q[at]!;
      if (level) gain += level * (2 * u[at]! - level);
    }
  return gain;
}
