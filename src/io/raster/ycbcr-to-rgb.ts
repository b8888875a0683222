import type { Raster, SampleCount } from '../../core/raster.js';
import type { YCbCr } from '../words/file-words.js';

/** Turns 8-bit samples of Y, Cb and Cr into R, G and B in place. TIFF 6.0, sections 20 and 21. */
export function toRgb(data: Raster['data'], channels: SampleCount, { luma, range }: YCbCr): void {
  const [red, green, blue] = luma;
  const [black, white, cbZero, cbPeak, crZero, crPeak] = range as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const clamp = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));
  for (let i = 0; i < data.length; i += channels) {
    const y = ((data[i]! - black) * 255) / (white - black);
    const cb = ((data[i + 1]! - cbZero) * 127) / (cbPeak - cbZero);
    const cr = ((data[i + 2]! - crZero) * 127) / (crPeak - crZero);
    const r = cr * (2 - 2 * red) + y;
    const b = cb * (2 - 2 * blue) + y;
    data[i] = clamp(r);
    data[i + 1] = clamp((y - blue * b - red * r) / green);
    data[i + 2] = clamp(b);
  }
}
