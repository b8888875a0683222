import { checkFollowing } from '../core/check-following.js';
import { checkOptions, type DecodeOptions, type Picture } from '../decode/options.js';
import { checkBytes } from '../format/check-bytes.js';
import { sharedPool } from './shared-pool.js';

export interface DecodeAsyncOptions extends DecodeOptions {
  /** Called with the share done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/**
 * `decode` in a thread of its own, up to one for each core: the same samples. The bytes are copied. `onProgress` is called while the thread
 * works. If it is aborted, it rejects at once and the thread stops where it is.
 *
 * Rejects with CodecError as `decode` throws.
 */
export async function decodeAsync(bytes: Uint8Array, options: DecodeAsyncOptions = {}): Promise<Picture> {
  const { signal, onProgress, ...rest } = options;
  checkOptions(options);
  checkFollowing({ signal, onProgress });
  checkBytes(bytes);
  const copy = new Uint8Array(bytes);
  const picture = await sharedPool().run(
    'decode',
    { bytes: copy, options: rest },
    { signal, onProgress, transfer: [copy.buffer] },
  );
  onProgress?.(1);
  return picture;
}
