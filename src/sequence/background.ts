import { copyOf } from '../core/copy-of.js';
import { peakOf, type Raster } from '../core/raster.js';

/** Samples this near to the median, in 1 / 255 of the peak, may belong to the background. */
const FAR = 8;
/** And at most this many times as far from it as half of the samples are. */
const SPREAD = 3;

/**
 * The background of frames: by sample, the mean of those near their median. The mean averages out the noise; what covers a sample in less
 * than half of the frames is left out.
 */
export function backgroundOf(frames: readonly Raster[]): Raster {
  const [first] = frames as [Raster, ...Raster[]];
  const data = copyOf(first.data);
  const values = first.bitDepth === 16 ? new Uint16Array(frames.length) : new Uint8Array(frames.length);
  const distances = values.slice();
  const far = (FAR * peakOf(first.bitDepth)) / 255;
  for (let i = 0; i < data.length; i++) {
    for (let t = 0; t < frames.length; t++) values[t] = frames[t]!.data[i]!;
    values.sort();
    const median = values[values.length >> 1]!;
    for (let t = 0; t < values.length; t++) distances[t] = Math.abs(values[t]! - median);
    distances.sort();
    const reach = Math.min(far, SPREAD * distances[distances.length >> 1]! + 1);
    let sum = 0;
    let count = 0;
    for (const value of values)
      if (Math.abs(value - median) <= reach) {
        sum += value;
        count++;
      }
    data[i] = Math.round(sum / count);
  }
  return { ...first, data };
}
