import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import { fail } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import type { Raster } from '../core/raster.js';
import { rankOf } from '../planes/schedule.js';
import { paintTiles } from '../tiles/paint.js';
import { readingBlocks } from './blocks.js';
import { readingColumns } from './columns.js';
import type { OpenFile } from './open.js';
import type { Reading, Slices } from './reading.js';
import { shrink } from './shrink.js';

/** Options of `decode` and `createDecoder`. */
export interface DecodeOptions {
  /** Keep at most so many columns of U and V per channel. Default: all there are. */
  rank?: number;
  /** Decode at 1 / scale of the size, rounded up, without the full work: 1 (default), 2, 4 or 8. */
  scale?: 1 | 2 | 4 | 8;
  /** Refuse pictures of more pixels. Default 268,402,689. */
  maxPixels?: number;
  /** Throws ABORTED if it is aborted. */
  signal?: AbortSignal;
  /** Samples to return: 'rgba' (default) or 'file', as many a pixel as the file has. */
  channels?: 'rgba' | 'file';
}

/** A decoded picture. */
export interface Picture extends Raster {
  data: Uint8ClampedArray | Uint16Array;
  /** Columns in use in the channel that has most. */
  rank: number;
}

/** Throws OPTION where one is not what it should be, and ABORTED. */
export function checkOptions({ rank, channels, scale, signal }: DecodeOptions): void {
  if (rank !== undefined && !(Number.isInteger(rank) && rank >= 1))
    fail('OPTION', 'rank', rank, 'a positive integer');
  if (channels !== undefined && channels !== 'rgba' && channels !== 'file')
    fail('OPTION', 'channels', channels, "'rgba' or 'file'");
  if (scale !== undefined && ![1, 2, 4, 8].includes(scale)) fail('OPTION', 'scale', scale, '1, 2, 4 or 8');
  if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
}

/** A picture between its first step and its last. */
export interface Decoding {
  reading: Reading;
  /** Columns to keep. */
  rank: number;
  /** Steps that have been read. */
  steps: number;
}

/** At the first step of a file that holds its first layer. Throws LIMIT. */
export function startDecoding(bytes: Uint8Array, file: OpenFile, options: DecodeOptions): Decoding {
  const { width, height, layout } = file.header;
  checkPixels(width, height, options.maxPixels);
  const { rank = Infinity, scale = 1 } = options;
  return {
    reading: (layout === 'block' ? readingBlocks : readingColumns)(bytes, file, rank, scale),
    rank,
    steps: 0,
  };
}

/** Steps up to the last that the picture has a use for, at its rank and scale. */
export const stepsWanted = ({ reading, rank }: Decoding, { steps }: OpenFile): number =>
  steps.reduce(
    (wanted, { thumb, band, rank: end, planes }, i) =>
      thumb || (band <= reading.bands && end - (planes.length || 1) < rank) ? i + 1 : wanted,
    0,
  );

/** Reads on to step `count` and gives the picture up to there, in slices. Throws CORRUPT, ABORTED. */
export function* pictureAt(
  decoding: Decoding,
  file: OpenFile,
  count: number,
  { scale = 1, channels: samples, signal }: DecodeOptions,
): Slices<Picture> {
  const { reading, rank } = decoding;
  const { header, steps, start, end } = file;
  const last = Math.min(count, stepsWanted(decoding, file));
  for (const _ of reading.read(steps.slice(decoding.steps, last))) {
    if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
    yield;
  }
  decoding.steps = Math.max(decoding.steps, last);
  const columns = rankOf(steps.slice(0, decoding.steps));
  const atEnd = decoding.steps === steps.length;
  const planes = yield* reading.channels(atEnd, atEnd && rank >= columns);
  const taken = reading.coder.position - start;
  if (atEnd && file.complete && taken < end - start)
    fail('CORRUPT', 'stream', `${end - start} bytes`, taken, start + taken);
  const width = Math.ceil(header.width / reading.scale);
  const height = Math.ceil(header.height / reading.scale);
  const rgba = samples !== 'file';
  const channels = rgba ? 4 : header.channels;
  const data = fromChannels(planes, colourBasis(...header.colour), { ...header, width, height }, rgba);
  if (reading.tiles) paintTiles(data, width, channels, reading.tiles);
  const { bitDepth } = header;
  const picture = { width, height, channels, bitDepth, data, rank: Math.min(rank, columns) };
  return scale > reading.scale ? shrink(picture, scale / reading.scale) : picture;
}
