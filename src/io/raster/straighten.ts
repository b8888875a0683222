import { peakOf, type Raster } from '../../core/raster.js';

/** Undoes, in place, the multiplication of colours by alpha, the last channel. Colours of transparent pixels are lost. */
export function straighten({ channels, bitDepth, data }: Raster): void {
  const peak = peakOf(bitDepth);
  for (let i = 0; i < data.length; i += channels) {
    const alpha = data[i + channels - 1]!;
    if (alpha === 0 || alpha === peak) continue;
    for (let c = i; c < i + channels - 1; c++)
      data[c] = Math.min(peak, Math.round((data[c]! * peak) / alpha));
  }
}
