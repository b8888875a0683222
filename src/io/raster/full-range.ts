import { peakOf, type Raster } from '../../core/raster.js';

/**
 * Grey whose samples of `bits` bits are of narrow range, black at 16 and white at 235 of 8 bits, in the full one, where it stands; alpha has that already. ITU-T H.273, eq. 20
 * and 30. Samples of more than 8 bits stand in the upper bits of 16.
 */
export function toFullRange({ channels, bitDepth, data }: Raster, bits: number): void {
  const peak = peakOf(bitDepth);
  const [black, span] = [16, 219].map(value => value * 2 ** (bits - 8)) as [number, number];
  for (let i = 0; i < data.length; i += channels) {
    const code = data[i]! >> (bitDepth - bits);
    data[i] = Math.min(peak, Math.max(0, Math.round(((code - black) * peak) / span)));
  }
}
