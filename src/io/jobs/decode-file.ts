import { CodecError } from '../../core/errors.js';
import { type DecodeOptions, decode, type Info, type Picture } from '../../decode/index.js';
import { infoOf } from '../../decode/info-of.js';
import { openFile } from '../../decode/open.js';
import { type RangesOptions, rangesOf } from '../../decode/ranges-of.js';
import { verify } from '../../decode/verify.js';
import { bitsPerPixel } from '../../metrics/bits-per-pixel.js';
import type { Engine } from '../engine.js';
import { bytesOf, readBytes } from '../files/read-bytes.js';
import { readRanges } from '../files/read-ranges.js';
import { checkTarget, type WriteOptions, writeAtomically } from '../files/write-atomically.js';
import { formatFor, type ImageFormat } from '../formats/image-format.js';
import { encodeImage } from '../write/encode-image.js';
import type { FileReport, FileResult } from './file-report.js';

export interface DecodeFileOptions
  extends Pick<DecodeOptions, 'rank' | 'scale' | 'region' | 'maxPixels' | 'signal' | 'tolerant'>,
    Omit<WriteOptions, 'inputs'> {
  /** Default: by the extension of the output, 'png' if it has none. */
  format?: ImageFormat;
  /** Default `auto`. */
  engine?: Engine;
  /** The name of the input in errors and in the report. Default its path, or '(bytes)'. */
  name?: string;
}

/** What of a file was decoded. */
type PartUsed = Pick<FileReport, 'bytes' | 'psnr' | 'bound'>;

/**
 * Decodes an .lrk file, at a lower rank if asked, and writes it as an image file with its channels, bit depth
 * and metadata.
 *
 * @param input path, or the bytes of an .lrk file
 * @param output path; undefined to get the bytes only
 * @param paint what decodes; default `decode`
 * @throws IoError and CodecError; nothing is left at `output` then
 */
export async function decodeFile(
  input: string | Uint8Array,
  output: string | undefined,
  options: DecodeFileOptions = {},
  paint: (bytes: Uint8Array, options: DecodeOptions) => Picture = decode,
): Promise<FileResult> {
  const started = performance.now();
  const { format, engine, name, force, makeFolders, onTemporary, ...codec } = options;
  const target = { force, makeFolders, onTemporary, inputs: typeof input === 'string' ? [input] : [] };
  const wanted = format ?? (output === undefined ? undefined : formatFor(output));
  if (output !== undefined) await checkTarget(output, target);
  const { scale, region, tolerant } = codec;
  const read = region && !tolerant ? (path: string) => readRanges(path, { scale, region }) : readBytes;
  const bytes = await bytesOf(input, read);
  if (bytes.length === 0) throw new CodecError('EMPTY', { field: 'file', got: '0 bytes' });
  const info = infoOf(openFile(bytes, { least: 0, scale, region, tolerant }));
  const [damage] = tolerant ? verify(bytes).damage : [];
  const picture = paint(bytes, { ...codec, channels: 'file' });
  const { bytes: data, notes } = await encodeImage(picture, {
    format: wanted,
    metadata: info.metadata,
    engine,
    name: output,
  });
  if (output !== undefined) await writeAtomically(output, data, target);
  if (!info.complete) notes.unshift('the file is cut short: decoded as far as its last whole layer');
  if (damage)
    notes.unshift(
      `damaged: ${damage.field}, bytes ${damage.from} to ${damage.to}: decoded as far as the layer before`,
    );
  const present = damage?.from ?? bytes.length;
  const used: PartUsed =
    region || (scale ?? 1) > 1
      ? { bytes: bytesRead(bytes, present, codec), psnr: Number.NaN }
      : partUsed(info, present, picture.rank);
  return {
    input: name ?? (typeof input === 'string' ? input : '(bytes)'),
    output: output ?? null,
    width: picture.width,
    height: picture.height,
    channels: picture.channels,
    bitDepth: picture.bitDepth,
    bytes: used.bytes,
    bpp: bitsPerPixel(used.bytes, picture.width, picture.height),
    ...((scale ?? 1) > 1 && { scale }),
    ...(region && { region }),
    rank: picture.rank,
    psnr: used.psnr,
    ...(used.bound && { bound: true }),
    milliseconds: performance.now() - started,
    notes,
    data,
  };
}

/** The number of bytes from which a region or a smaller picture is decoded. */
const bytesRead = (bytes: Uint8Array, present: number, { scale, region }: RangesOptions): number =>
  rangesOf(bytes, { scale, region }).reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, present) - from),
    0,
  );

/** The end of the bytes that were decoded, and the PSNR there, or a bound of it; NaN if the file does not say. */
function partUsed(info: Info, present: number, rank: number): PartUsed {
  const whole = info.layers.filter(layer => layer.bytes <= present);
  const bytes = present >= info.bytes ? info.bytes : (whole.at(-1)?.bytes ?? present);
  if (rank >= info.rank) return { bytes, psnr: info.psnr };
  // fewer columns of all layers: at least as good as the last layer with no more columns
  const least = whole.filter(layer => layer.rank <= rank).at(-1);
  return least ? { bytes, psnr: least.psnr, bound: true } : { bytes, psnr: Number.NaN };
}
