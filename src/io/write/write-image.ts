import type { Raster } from '../../core/raster.js';
import type { Metadata } from '../../decode/index.js';
import { type WriteOptions, writeAtomically } from '../files/write-atomically.js';
import { writeToStream } from '../files/write-to-stream.js';
import { formatFor } from '../formats/image-format.js';
import { type EncodeImageOptions, encodeImage } from './encode-image.js';

export interface WriteImageOptions extends Omit<EncodeImageOptions, 'metadata'>, WriteOptions {}

/**
 * Writes a raster as an image file (see `encodeImage` for what each format holds), whole or not at all. What is there is
 * replaced, as sharp and fs do; with `force: false` it is not.
 *
 * @param target path, or a stream such as process.stdout
 * @param options.format default: what the extension of the path says, 'png' where it has none
 * @returns what could not be kept, one sentence each
 * @throws CodecError and IoError UNSUPPORTED as `encodeImage`, UNSUPPORTED where the extension names no format written, and as `writeAtomically`
 */
export async function writeImage(
  target: string | NodeJS.WritableStream,
  raster: Raster,
  metadata: Metadata = {},
  options: WriteImageOptions = {},
): Promise<string[]> {
  const isPath = typeof target === 'string';
  const format = options.format ?? (isPath ? formatFor(target) : undefined);
  const name = options.name ?? (isPath ? target : '-');
  const { bytes, notes } = await encodeImage(raster, { ...options, format, name, metadata });
  if (isPath) await writeAtomically(target, bytes, { force: true, ...options });
  else await writeToStream(target, bytes);
  return notes;
}
