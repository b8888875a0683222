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
  /** Keep at most so many columns of U and V per channel. Default: all there are. */
  rank?: number;
  /**
   * 1 (default), 2, 4 or 8: the picture at 1 / scale of its width and height, rounded up. In layout `block` it comes from the
   * lowest 4 x 4 frequencies of each block, by an inverse DCT of four points and without the restoration, and at 4 and 8 from means of 2 x 2 and 4 x 4 of
   * its samples. What follows the layer that completes it is not read: see "sizes" of `inspect`. In other files it is means of the whole picture's samples.
   */
  scale?: 1 | 2 | 4 | 8;
  /**
   * Only these pixels of the picture, counted at the `scale` asked for. Of a file in parts only those that hold them are read, so that bytes of the others may be missing: see
   * `rangesOf`. Default: all of it.
   */
  region?: Region;
  /** Of a damaged file, give the picture of the layers before the damage. Default: it is refused. */
  tolerant?: boolean;
  /** Throws ABORTED if it is aborted. */
  signal?: AbortSignal;
  /** Samples to return: 'rgba' (default) or 'file', as many a pixel as the file has. */
  channels?: 'rgba' | 'file';
  /** 8: samples of 16 bits are rounded to 8, as `ImageData` takes them. Default: as the file has them. */
  bitDepth?: 8;
}

/** A decoded picture. */
export interface Picture extends Raster {
  data: Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** Columns in use in the channel that has most. */
  rank: number;
}

/** A decoded picture of 8 bits a sample: what the option `bitDepth: 8` gives. Its RGBA samples are what `ImageData` takes. */
export interface Picture8 extends Picture {
  bitDepth: 8;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** Throws OPTION where one is not what it should be, and ABORTED. */
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
  /** Columns to keep. */
  rank: number;
  /** Steps that have been read, and up to the last that the picture has a use for. */
  steps: number;
  wanted: number;
}

/** At the first step of a file that holds its first layer. */
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

/** Reads on to step `count`, or the last that is wanted, and gives the picture up to there, in slices. Throws CORRUPT, ABORTED. */
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
