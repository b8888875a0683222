import { colourCount, peakOf, type Raster } from '../core/raster.js';
import type { Step } from '../planes/schedule.js';
import type { PictureLevels } from '../planes/write-factors.js';

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

/** Mean squared error of the colour samples and of alpha, in units of a sample. */
export function squaredErrors({ channels, data }: Raster, decoded: ArrayLike<number>): { colour: number; alpha: number } {
  const colours = colourCount(channels);
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < data.length; i += channels)
    for (let c = 0; c < channels; c++) {
      const d = decoded[i + c]! - data[i + c]!;
      sums[c]! += d * d;
    }
  const pixels = data.length / channels;
  return { colour: sums.slice(0, colours).reduce((a, b) => a + b) / (pixels * colours), alpha: sums[colours]! / pixels };
}

/** PSNR in dB of a mean squared error in units of a sample; Infinity for none. */
export const psnrOf = (mse: number, bitDepth: 8 | 16): number => (mse ? 10 * Math.log10(peakOf(bitDepth) ** 2 / mse) : Infinity);
