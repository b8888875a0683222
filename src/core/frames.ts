import { CodecError } from './errors.js';
import { checkRaster, type Raster } from './raster.js';

/** What `work` gives; a CodecError that it throws says of which frame it is, counted from 1. */
export function inFrame<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new CodecError(error.code, { ...error, field: `frame ${number}: ${error.field}` });
  }
}

/** A function that takes the frames of a clip in turn: throws RASTER, naming the frame, where one is not like the first in size, channels and bits, or not whole. */
export function frameCheck(): (frame: Raster) => void {
  let first: Omit<Raster, 'data'> | undefined;
  let count = 0;
  return frame =>
    inFrame(++count, () => {
      const { width, height, channels, bitDepth } = frame;
      first ??= { width, height, channels, bitDepth };
      for (const field of ['width', 'height', 'channels', 'bitDepth'] as const)
        if (frame[field] !== first[field])
          throw new CodecError('RASTER', {
            field,
            got: frame[field],
            expected: `${first[field]}, as frame 1 has`,
          });
      checkRaster(frame);
    });
}
