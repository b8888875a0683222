import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/kernels.js';
import { fail } from '../core/errors.js';
import type { Raster } from '../core/raster.js';
import { rankOf } from '../planes/schedule.js';
import { paintTiles } from '../tiles/paint.js';
import { readingBlocks } from './blocks.js';
import { readingColumns } from './columns.js';
import { layerOfScale } from './layer-of-scale.js';
import type { Limits } from './limits.js';
import type { OpenFile } from './open.js';
import type { Reading, Slices } from './reading.js';
import type { Region } from './region.js';
import { shrink } from './shrink.js';

/** Options of `decode` and `createDecoder`. */
export interface DecodeOptions extends Limits {
  /** Most columns of U and V per channel. Default: all. */
  rank?: number;
  /**
   * 1 (default), 2, 4 or 8: the picture at 1 / scale of its width and height, rounded up. In layout `block` it comes from the lowest 4 x 4
   * frequencies of each block, by an inverse DCT of four points without the restoration; at 4 and 8 it is means of 2 x 2 and 4 x 4 of these
   * samples. Bytes after the layer that completes it are not read: see `sizes` of `inspect`. Other files give means of the whole picture's
   * samples.
   */
  scale?: 1 | 2 | 4 | 8;
  /**
   * Only these pixels of the picture, counted at the requested `scale`. Of a file in parts only the parts that hold them are read; bytes of
   * others may be missing: see `rangesOf`. Default: all of it.
   */
  region?: Region;
  /** For a damaged file, give the picture of the layers before the damage. Default: it is refused. */
  tolerant?: boolean;
  /** Aborts the decoding, which then throws ABORTED. */
  signal?: AbortSignal;
  /** Samples to return: 'rgba' (default), or 'file' for the channels of the file. */
  channels?: 'rgba' | 'file';
  /** 8: samples of 16 bits are rounded to 8, as `ImageData` needs them. Default: as in the file. */
  bitDepth?: 8;
}

/** A decoded picture. */
export interface Picture extends Raster {
  data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Columns in use in the channel with most. */
  rank: number;
}

/** A decoded picture with 8 bits a sample, from the option `bitDepth: 8`. Its RGBA samples are those of `ImageData`. */
export interface Picture8 extends Picture {
  bitDepth: 8;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Throws OPTION if one is invalid, and ABORTED. */
export function checkOptions({
  rank = 1,
  channels = 'file',
  scale = 1,
  bitDepth = 8,
  signal,
}: DecodeOptions): void {
  if (!(Number.isInteger(rank) && rank >= 1)) fail('OPTION', 'rank', rank, 'a positive integer');
  if (!['rgba', 'file'].includes(channels)) fail('OPTION', 'channels', channels, "'rgba' or 'file'");
  if (![1, 2, 4, 8].includes(scale)) fail('OPTION', 'scale', scale, '1, 2, 4 or 8');
  if (bitDepth !== 8) fail('OPTION', 'bitDepth', bitDepth, 8);
  checkSignal(signal);
}

function checkSignal(signal?: AbortSignal): undefined {
  if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
}

/** A picture between its first step and its last. */
export interface Decoding {
  reading: Reading;
  /** Number of columns to keep. */
  rank: number;
  /** Number of steps that have been read, and of those up to the last that the picture needs. */
  steps: number;
  wanted: number;
}

/** Begins a picture before the first step of a file that holds its first layer. */
export function startDecoding(file: OpenFile, options: DecodeOptions): Decoding {
  const { header, steps } = file;
  const rank = Math.min(options.rank ?? Infinity, header.rank);
  const begin = header.layout === 'block' ? readingBlocks : readingColumns;
  const { scale = 1 } = options;
  const reading = begin(file, rank, scale);
  const used = steps.slice(0, layerOfScale(header, scale)?.steps);
  const wanted = used.reduce((last, step, i) => (reading.wants(step) ? i + 1 : last), 0);
  return { reading, rank, steps: 0, wanted };
}

/** Reads on to step `count`, or the last that is needed, and returns the picture up to there, in slices. Throws CORRUPT, ABORTED. */
export function* pictureAt(
  decoding: Decoding,
  { header, steps, shown, complete }: OpenFile,
  count: number,
  { scale = 1, channels: samples, bitDepth: most, signal }: DecodeOptions,
): Slices<Picture> {
  const { reading, rank } = decoding;
  while (decoding.steps < Math.min(count, decoding.wanted)) {
    reading.read(steps[decoding.steps++]!);
    yield checkSignal(signal);
  }
  const columns = rankOf(steps.slice(0, decoding.steps));
  const atEnd = decoding.steps === steps.length;
  const { planes, tiles } = yield* reading.compose(columns, atEnd, atEnd && rank >= columns);
  if (complete && decoding.steps === header.layers.at(-1)!.steps)
    for (const { position, end } of reading.coders)
      if (position < end) fail('CORRUPT', 'stream', end, position, position);
  checkSignal(signal);
  const { region } = shown;
  const width = Math.ceil(region.width / reading.scale);
  const height = Math.ceil(region.height / reading.scale);
  const rgba = samples !== 'file';
  const channels = rgba ? 4 : header.channels;
  const left = (region.x - reading.origin.left * 8) / reading.scale;
  const top = (region.y - reading.origin.top * 8) / reading.scale;
  const data = fromChannels(
    planes.map(of => ({ ...of, data: of.data.subarray(top * of.width + left) })),
    colourBasis(header.colour, header.weights),
    { ...header, width, height },
    rgba,
  );
  if (tiles)
    paintTiles(data, width, channels, tiles, { left: region.x, top: region.y, scale: reading.scale });
  const { bitDepth } = header;
  const picture: Picture = shrink(
    { width, height, channels, bitDepth, data, rank: Math.min(rank, columns) },
    scale / reading.scale,
  );
  if (bitDepth === 8 || !most) return picture;
  return { ...picture, bitDepth: 8, data: Uint8ClampedArray.from(picture.data, v => v / 257) };
}
