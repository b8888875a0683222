import { CodecError } from './errors.js';
import { checkRaster, type Raster } from './raster.js';

/** Returns what `work` returns. A CodecError that it throws then names the frame, counted from 1. */
export function inFrame<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    throw new CodecError(error.code, { ...error, field: `frame ${number}: ${error.field}` });
  }
}

/**
 * Returns a function that checks the frames of a clip in turn: throws RASTER, naming the frame, if one differs from the first in size,
 * channels or bits, or is not valid.
 */
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
