import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import { fail } from '../core/errors.js';
import { checkPixels } from '../core/limits.js';
import type { Raster } from '../core/raster.js';
import { paintTiles } from '../tiles/paint.js';
import { decodeBlocks } from './blocks.js';
import { decodeColumns } from './columns.js';
import { openFile } from './open.js';

/** Options of `decode`. */
export interface DecodeOptions {
  /** Keep at most so many columns of U and V per channel. Default: all there are. */
  rank?: number;
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

/**
 * Decodes an .lrk file, or any prefix of one that holds its first layer: the picture of the last whole layer. Throws CodecError.
 */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): Picture {
  const { maxPixels, signal, channels: samples = 'rgba' } = options;
  checkOptions(options);
  if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
  const file = openFile(bytes);
  const { header } = file;
  checkPixels(header.width, header.height, maxPixels);
  const rank = Math.min(options.rank ?? header.rank, header.rank);
  const { planes, tiles, taken, columns } = (header.layout === 'block' ? decodeBlocks : decodeColumns)(
    bytes,
    file,
    rank,
  );
  if (file.complete && taken < file.end - file.start)
    fail('CORRUPT', 'stream', file.end - file.start, taken, file.start + taken);
  const { width, height, bitDepth } = header;
  const data = fromChannels(planes, colourBasis(...header.colour), header, samples === 'rgba');
  const hop = samples === 'rgba' ? 4 : header.channels;
  if (tiles) paintTiles(data, width, hop, tiles);
  return { width, height, channels: hop, bitDepth, data, rank: columns };
}

function checkOptions({ rank, channels }: DecodeOptions): void {
  if (rank !== undefined && !(Number.isInteger(rank) && rank >= 1))
    fail('OPTION', 'rank', rank, 'a positive integer');
  if (channels !== undefined && channels !== 'rgba' && channels !== 'file')
    fail('OPTION', 'channels', channels, "'rgba' or 'file'");
}
