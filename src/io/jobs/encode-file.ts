import { encode } from '../../encode/encode.js';
import type { EncodeOptions } from '../../encode/options.js';
import { checkTarget, type WriteOptions, writeAtomically } from '../files/write-atomically.js';
import { type Resize, resizeRaster } from '../raster/resize-raster.js';
import { type ReadOptions, readImage } from '../read/read-image.js';
import { type FileResult, madeFile } from './file-report.js';

export interface EncodeFileOptions
  extends Omit<EncodeOptions, 'metadata'>,
    Omit<ReadOptions, 'maxPixels'>,
    Omit<WriteOptions, 'inputs'> {
  /** The box that the picture is made to fit into before it is encoded, pixels; it is never enlarged. Default: as it is. */
  resize?: Resize | undefined;
}

/**
 * Reads a picture (see `readImage`), encodes it and writes the .lrk file (see `writeAtomically`).
 *
 * @param input path, or the bytes of an image file
 * @param output path; undefined to get the bytes only
 * @throws IoError and CodecError; nothing is left at `output` then
 */
export async function encodeFile(
  input: string | Uint8Array,
  output: string | undefined,
  options: EncodeFileOptions = {},
): Promise<FileResult> {
  const started = performance.now();
  const { strip, engine, name, resize, force, makeFolders, onTemporary, ...codec } = options;
  const target = { force, makeFolders, onTemporary, inputs: typeof input === 'string' ? [input] : [] };
  if (output !== undefined) await checkTarget(output, target);
  const image = await readImage(input, { strip, engine, name, maxPixels: codec.maxPixels });
  const raster = resize ? await resizeRaster(image.raster, resize, engine, name) : image.raster;
  const data = encode(raster, { ...codec, metadata: image.metadata });
  if (output !== undefined) await writeAtomically(output, data, target);
  const notes = [...image.notes];
  if (image.format === 'lrk')
    notes.push('made from an .lrk file: its PSNR is against that, not against the original');
  return madeFile(name ?? (typeof input === 'string' ? input : '(bytes)'), output, data, { started, notes });
}
