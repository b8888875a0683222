import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/kernels.js';
import { fail } from '../core/errors.js';
import { rankOf } from '../planes/schedule.js';
import { paintTiles } from '../tiles/paint.js';
import { readingBlocks } from './blocks.js';
import { readingColumns } from './columns.js';
import { layerOfScale } from './layer-of-scale.js';
import type { OpenFile } from './open.js';
import { checkSignal, type DecodeOptions, type Picture } from './options.js';
import type { Reading } from './reading.js';
import { shrink } from './shrink.js';
import type { Slices } from './slices.js';

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
