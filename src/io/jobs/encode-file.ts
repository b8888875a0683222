import { CodecError } from '../../core/errors.js';
import type { Raster } from '../../core/raster.js';
import { inRoom } from '../../core/room.js';
import { encode } from '../../encode/encode.js';
import type { EncodeOptions } from '../../encode/options.js';
import { isLarge } from '../../encode/parts/part-of.js';
import { collectGarbage } from '../collect-garbage.js';
import { checkTarget, type WriteOptions, writeAtomically } from '../files/write-atomically.js';
import { checkLrkOutput } from '../formats/image-format.js';
import { type Resize, resizeRaster } from '../raster/resize-raster.js';
import type { ImageInput } from '../read/image-input.js';
import { type ReadOptions, readImage } from '../read/read-image.js';
import { encodeToScore } from '../score/encode-to-score.js';
import { ssimulacra2Against } from '../score/ssimulacra2.js';
import { type FileResult, madeFile } from './file-report.js';

export interface EncodeFileOptions
  extends Omit<EncodeOptions, 'metadata'>,
    Omit<ReadOptions, 'maxPixels'>,
    Omit<WriteOptions, 'inputs'> {
  /** The box in pixels that the picture is shrunk to before encoding; it is never enlarged. Default: not resized. */
  resize?: Resize | undefined;
  /**
   * SSIMULACRA 2 of the decoded picture, 1 to 100, as the target: met from above within 0.25 where the picture allows. Needs the package
   * calc-s2-rust.
   */
  ssimulacra2?: number | undefined;
}

/**
 * Reads a picture (see `readImage`), encodes it and writes the .lrk file (see `writeAtomically`).
 *
 * @param input path, the bytes of an image file, or what `readImage` gave
 * @param output path; undefined to get the bytes only
 * @throws IoError and CodecError; nothing is left at `output` then
 */
export async function encodeFile(
  input: string | Uint8Array | ImageInput,
  output: string | undefined,
  options: EncodeFileOptions = {},
): Promise<FileResult> {
  const started = performance.now();
  const { strip, engine, name, resize, ssimulacra2, force, makeFolders, onTemporary, ...codec } = options;
  const target = { force, makeFolders, onTemporary, inputs: typeof input === 'string' ? [input] : [] };
  if (output !== undefined) {
    checkLrkOutput(output);
    await checkTarget(output, target);
  }
  const image = await take(input, { strip, engine, name, resize, maxPixels: codec.maxPixels });
  const told = { started, input: name ?? (typeof input === 'string' ? input : '(bytes)') };
  const metadata = strip ? {} : image.metadata;
  return encodeRead(image, output, { ...codec, metadata, ssimulacra2 }, target, told);
}

/**
 * The picture to encode; a large one in memory that threads can share. Separate from encoding, which takes one long turn, so that what this
 * holds can be released before.
 */
async function take(
  input: string | Uint8Array | ImageInput,
  { resize, ...options }: ReadOptions & Pick<EncodeFileOptions, 'resize'>,
): Promise<ImageInput> {
  const isRead = typeof input === 'object' && input !== null && 'raster' in input;
  const image = isRead ? input : await readImage(input, options);
  const raster = resize
    ? await resizeRaster(image.raster, resize, options.engine, options.name)
    : image.raster;
  return { ...image, raster: isLarge(raster) ? { ...raster, data: inRoom(raster.data) } : raster };
}

/** Encodes what was read. */
async function encodeRead(
  { raster, notes: noted, format }: ImageInput,
  output: string | undefined,
  { ssimulacra2, ...options }: EncodeOptions & Pick<EncodeFileOptions, 'ssimulacra2'>,
  target: WriteOptions,
  { started, input }: { started: number; input: string },
): Promise<FileResult> {
  if (isLarge(raster)) await collectGarbage();
  const data = await encodeTo(ssimulacra2, raster, options);
  if (output !== undefined) await writeAtomically(output, data, target);
  const notes = [...noted];
  if (format === 'lrk')
    notes.push('made from an .lrk file: its PSNR is measured against that, not against the original');
  return madeFile(input, output, data, { started, notes });
}

const TARGETS = ['quality', 'psnr', 'size', 'bpp'] as const;

/** Encodes to a score if one is given, else to the target in the options. */
async function encodeTo(
  least: number | undefined,
  raster: Raster,
  options: EncodeOptions,
): Promise<Uint8Array> {
  if (least === undefined) return encode(raster, options);
  const fail = (got: unknown, expected: string): never => {
    throw new CodecError('OPTION', { field: 'ssimulacra2', got, expected });
  };
  if (!(least >= 1 && least <= 100)) fail(least, 'a number from 1 to 100');
  const other = TARGETS.find(target => options[target] !== undefined);
  if (other) fail(`ssimulacra2 and ${other}`, 'one target');
  const score = await ssimulacra2Against(raster);
  const measured = (picture: Raster): number =>
    score(picture) ?? fail('alpha or a side under 8 pixels', 'a picture that SSIMULACRA 2 can measure');
  return encodeToScore(raster, measured, least, options);
}
