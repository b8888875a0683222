import { CodecError } from './errors.js';
import { kindOf } from './kind-of.js';
import { MAX_SIDE } from './limits.js';

/** Samples a pixel: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA. */
export type SampleCount = 1 | 2 | 3 | 4;

/** Interleaved samples: row after row, pixel after pixel, alpha last and not premultiplied. */
export interface Raster {
  /** Pixels, 1 to 65,535. */
  width: number;
  /** Pixels, 1 to 65,535. */
  height: number;
  channels: SampleCount;
  /** Bits a sample; the peak is 255 or 65,535. */
  bitDepth: 8 | 16;
  /** width x height x channels samples; Uint16Array where bitDepth is 16. */
  data: Uint8Array | Uint8ClampedArray | Uint16Array;
}

/** Does a raster with this many channels have alpha (always its last channel)? */
export const hasAlpha = (channels: number): boolean => channels % 2 === 0;

/** Channels without alpha: 1 or 3. */
export const colourCount = (channels: number): number => (channels < 3 ? 1 : 3);

/** Largest sample value: 255 or 65,535. */
export const peakOf = (bitDepth: 8 | 16): number => (bitDepth === 16 ? 65_535 : 255);

/** Throws RASTER unless every field is in range and the data have exactly the size that the dimensions require. */
export function checkRaster(raster: Raster): void {
  if (typeof raster !== 'object' || raster === null)
    throw new CodecError('RASTER', { field: 'raster', got: raster, expected: 'an object with its samples' });
  const { width, height, channels, bitDepth, data } = raster;
  for (const [field, side] of [
    ['width', width],
    ['height', height],
  ] as const)
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE)
      throw new CodecError('RASTER', { field, got: side, expected: `an integer from 1 to ${MAX_SIDE}` });
  if (![1, 2, 3, 4].includes(channels))
    throw new CodecError('RASTER', { field: 'channels', got: channels, expected: '1, 2, 3 or 4' });
  if (bitDepth !== 8 && bitDepth !== 16)
    throw new CodecError('RASTER', { field: 'bitDepth', got: bitDepth, expected: '8 or 16' });
  const kinds = bitDepth === 16 ? ['Uint16Array'] : ['Uint8Array', 'Uint8ClampedArray'];
  const got = kindOf(data);
  if (!kinds.includes(got))
    throw new CodecError('RASTER', { field: 'data', got, expected: kinds.join(' or ') });
  if (data.length !== width * height * channels)
    throw new CodecError('RASTER', {
      field: 'data.length',
      got: data.length,
      expected: `${width} x ${height} x ${channels} = ${width * height * channels}`,
    });
}
