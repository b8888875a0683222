import { inTurn } from '../planes/kernels.js';
import { checkLimits } from './limits.js';
import { openFile } from './open.js';
import { checkOptions, type DecodeOptions, type Picture, type Picture8 } from './options.js';
import { pictureAt, startDecoding } from './picture.js';
import { atOnce } from './slices.js';

/**
 * Decodes an .lrk file, or any prefix of one that holds its first layer: the picture of the last whole layer. With `bitDepth: 8` its
 * samples are those of `ImageData`. Throws CodecError.
 */
export function decode(bytes: Uint8Array, options: DecodeOptions & { bitDepth: 8 }): Picture8;
export function decode(bytes: Uint8Array, options?: DecodeOptions): Picture;
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): Picture {
  checkOptions(options);
  const file = openFile(bytes, options);
  checkLimits(file, options);
  let picture: Picture;
  inTurn([
    () => {
      picture = atOnce(pictureAt(startDecoding(file, options), file, file.count, options));
    },
  ]);
  return picture!;
}
