import { copyOf } from '../core/copy-of.js';
import { checkRaster, type Raster } from '../core/raster.js';
import { checkEncodeOptions, type EncodeOptions } from '../encode/options.js';
import { sharedPool } from './shared-pool.js';

/**
 * `encode` in a thread of its own, up to one for each core: the same bytes. The samples are copied, so that the raster may change
 * meanwhile. `onProgress` is called while the thread works. If it is aborted, it rejects at once and the thread stops where it is.
 *
 * Rejects with CodecError as `encode` throws.
 */
export async function encodeAsync(raster: Raster, options: EncodeOptions = {}): Promise<Uint8Array> {
  const { signal, onProgress, ...rest } = options;
  checkEncodeOptions(options);
  checkRaster(raster);
  const { width, height, channels, bitDepth } = raster;
  const data = copyOf(raster.data);
  const input = { raster: { width, height, channels, bitDepth, data }, options: rest };
  const bytes = await sharedPool().run('encode', input, {
    signal,
    onProgress,
    transfer: [data.buffer as ArrayBuffer],
  });
  onProgress?.(1);
  return bytes;
}
