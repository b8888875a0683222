import type { Info } from './info.js';
import { infoOf } from './info-of.js';
import { checkLimits } from './limits.js';
import { openFile } from './open.js';

/** Options of `inspect`. */
export interface InspectOptions {
  /** Largest number of pixels accepted. Default: no limit, since nothing of the picture's size is allocated. */
  maxPixels?: number;
  /** For a damaged file, describe the layers before the damage. Default: it is refused. */
  tolerant?: boolean;
}

/**
 * Reads what a file says about itself, without decoding it, from its first bytes: those of the header are enough. Throws CodecError as
 * decode does, TRUNCATED if the header is not all here.
 */
export function inspect(bytes: Uint8Array, { maxPixels = Infinity, tolerant }: InspectOptions = {}): Info {
  const file = openFile(bytes, { least: 0, tolerant });
  checkLimits(file, { maxPixels });
  return infoOf(file);
}
