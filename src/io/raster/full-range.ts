import { peakOf, type Raster } from '../../core/raster.js';

/**
 * Converts grey of narrow range, with black at 16 and white at 235 of 8 bits, to full range in place. Alpha is in full range already.
 * Samples have `bits` bits; more than 8 are the upper bits of 16. ITU-T H.273, equations 20 and 30.
 */
export function toFullRange({ channels, bitDepth, data }: Raster, bits: number): void {
  const peak = peakOf(bitDepth);
  const [black, span] = [16, 219].map(value => value * 2 ** (bits - 8)) as [number, number];
  for (let i = 0; i < data.length; i += channels) {
    const code = data[i]! >> (bitDepth - bits);
    data[i] = Math.min(peak, Math.max(0, Math.round(((code - black) * peak) / span)));
  }
}
