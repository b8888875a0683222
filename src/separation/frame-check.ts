import { CodecError, fail } from '../core/errors.js';
import { checkRaster, type Raster } from '../core/raster.js';

/** A function that throws RASTER, naming the frame counted from 1, where one is not whole or not like the first in size, channels and bits. */
export function frameCheck(): (frame: Raster) => void {
  let first: Raster | undefined;
  let count = 0;
  const like = ({ width, height, channels, bitDepth }: Raster): string =>
    `${width} x ${height}, ${channels} channels of ${bitDepth} bits`;
  return frame => {
    count++;
    try {
      checkRaster(frame);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      fail('RASTER', `frame ${count}: ${error.field}`, error.got, error.expected);
    }
    first ??= { ...frame, data: new Uint8Array() };
    if (like(frame) !== like(first)) fail('RASTER', `frame ${count}`, like(frame), like(first));
  };
}
