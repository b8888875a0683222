import { random } from '../../../src/algebra/random.js';
import { peakOf, type Raster, type SampleCount } from '../../../src/core/raster.js';

/** Samples in the array type of the bit depth. */
export function raster(
  width: number,
  height: number,
  channels: SampleCount,
  samples: ArrayLike<number>,
  bitDepth: 8 | 16 = 8,
): Raster {
  const data = bitDepth === 16 ? Uint16Array.from(samples) : Uint8Array.from(samples);
  return { width, height, channels, bitDepth, data };
}

/** Soft waves with an edge, the same every time; with alpha if the channels have it. */
export function scene(width: number, height: number, channels: SampleCount, bitDepth: 8 | 16 = 8): Raster {
  const peak = peakOf(bitDepth);
  const samples: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        samples.push(peak * (0.5 + 0.25 * Math.sin(x / 5 + c) * Math.cos(y / 7) + (x > y ? 0.2 : -0.2)));
  return raster(width, height, channels, samples, bitDepth);
}

/** The raster with noise of up to +-amplitude on every sample, clamped. */
export function noisy(of: Raster, amplitude: number, seed = 1): Raster {
  const next = random(seed);
  const peak = peakOf(of.bitDepth);
  const samples = Array.from(of.data, v =>
    Math.max(0, Math.min(peak, v + Math.round((2 * next() - 1) * amplitude))),
  );
  return raster(of.width, of.height, of.channels, samples, of.bitDepth);
}
