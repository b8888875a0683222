import type { Raster } from 'lowrank';
import { hold } from './attempt.js';

/** Most pixels that a mutation may ask for. */
export const MAX_PIXELS = 1 << 14;

const bytesOf = ({ data: { buffer, byteOffset, byteLength } }: Raster): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Are the pictures the same? */
export const same = (a: Raster, b: Raster): boolean =>
  a.width === b.width && a.height === b.height && a.channels === b.channels && bytesOf(a).equals(bytesOf(b));

/** Does the raster have as many samples as its size says, of the right type? */
export function checkSize({ width, height, channels, bitDepth, data }: Raster, pixels = MAX_PIXELS): void {
  hold(width >= 1 && height >= 1 && width * height <= pixels, `${width} x ${height} pixels`);
  hold(
    data.length === width * height * channels,
    `${data.length} samples for ${width} x ${height} x ${channels}`,
  );
  hold(
    data instanceof Uint16Array === (bitDepth === 16),
    `samples of ${bitDepth} bits in ${data.constructor.name}`,
  );
}

/** Pixels of a rectangle. */
export function cropped(of: Raster, x: number, y: number, width: number, height: number): Raster {
  const { channels } = of;
  const data = of.data.slice(0, width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * of.width + x) * channels;
    data.set(of.data.subarray(from, from + width * channels), row * width * channels);
  }
  return { ...of, width, height, data };
}
