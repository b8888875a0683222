import { RangeDecoder } from '../bits/range-decoder.js';
import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import { fail } from '../core/errors.js';
import { inFrame } from '../core/frames.js';
import { checkPixels } from '../core/limits.js';
import type { Raster } from '../core/raster.js';
import { decode } from '../decode/decode.js';
import { checkOptions } from '../decode/picture.js';
import { stepOf } from '../format/step.js';
import { gridOf } from '../matrices/blocks.js';
import { planeStates } from '../planes/states.js';
import { applyFrame } from './apply-frame.js';
import { codeFrame } from './code-frame.js';
import { composeFrame } from './compose.js';
import type { Frame } from './frame.js';
import { FrameReader } from './frame-reader.js';
import { durationOf, gainsOf } from './header.js';
import { lowRankPart, spatialFactor } from './low-rank.js';
import { emptyMemory } from './memory.js';
import type { OpenSequence } from './open.js';
import { frameStates } from './states.js';

/** Options of `decodeSequence` and `decodeSequenceStream`. */
export interface SequenceOptions {
  /** The low-rank part alone, from its first so many spatial factors: 1 is the background. Default: all that there is. */
  rank?: number;
  /** Refuse frames of more pixels. Default 268,402,689. */
  maxPixels?: number;
  /** Throws ABORTED if it is aborted. */
  signal?: AbortSignal;
  /** Samples to return: 'rgba' (default) or 'file', as many a pixel as the file has. */
  channels?: 'rgba' | 'file';
}

/** A decoded frame. */
export interface SequenceFrame extends Raster {
  data: Uint8ClampedArray | Uint16Array;
  /** From 0 on. */
  index: number;
  /** How long it is shown, milliseconds. */
  duration: number;
  /** Were its own bytes there? Where they were not, or where `rank` leaves them out, it is its low-rank part. */
  whole: boolean;
}

/** Decodes frame after frame: each call takes the bytes of the next frame's section, or undefined where they are missing. */
export type FrameDecoder = (stream: Uint8Array | undefined) => SequenceFrame;

/** Throws LIMIT, OPTION, ABORTED, and as `decode` does where a factor's picture is damaged. */
export function frameDecoder(sequence: OpenSequence, options: SequenceOptions): FrameDecoder {
  const { header, picture } = sequence;
  const { rank, maxPixels, signal, channels: samples = 'rgba' } = options;
  checkOptions(options);
  checkPixels(picture.width, picture.height, maxPixels);
  const basis = colourBasis(...picture.colour);
  const grid = gridOf(picture.width, picture.height, 8);
  const factors = factorRasters(
    sequence,
    Math.min(rank ?? Infinity, sequence.pictures.length),
    maxPixels,
  ).map(raster => spatialFactor(raster, basis, grid));
  const memory = emptyMemory(grid, picture.channels);
  const states = { planes: planeStates(), frames: frameStates() };
  const blocks = grid.cols * grid.rows;
  const frame: Frame = {
    coded: new Uint8Array(blocks),
    sources: new Uint8Array(blocks),
    levels: memory.left.map(() => new Int32Array(blocks * 64)),
  };
  let index = 0;
  return stream => {
    if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
    const lowRank = lowRankPart(factors, gainsOf(header, index), basis);
    const whole = stream !== undefined && rank === undefined;
    if (whole && stream.length) {
      inFrame(index + 1, () => {
        const coder = new RangeDecoder(stream, 0, stream.length);
        codeFrame(new FrameReader(coder, states), memory, frame, true);
        if (coder.position < stream.length)
          fail('CORRUPT', 'stream', `${stream.length} bytes`, coder.position);
      });
      applyFrame(memory, frame, lowRank, stepOf(header.step));
    }
    const planes = composeFrame(lowRank, whole ? memory.left : undefined, grid);
    const data = fromChannels(planes, basis, picture, samples === 'rgba');
    const { width, height, bitDepth } = picture;
    const channels = samples === 'rgba' ? 4 : picture.channels;
    return {
      width,
      height,
      channels,
      bitDepth,
      data,
      duration: durationOf(header, index),
      whole,
      index: index++,
    };
  };
}

/** The pictures of the first `count` factors; of those after the first only such as are whole. All are of one kind, or CORRUPT. */
function factorRasters(
  { header, picture, pictures }: OpenSequence,
  count: number,
  maxPixels?: number,
): Raster[] {
  const rasters: Raster[] = [];
  for (const [k, bytes] of pictures.slice(0, count).entries()) {
    if (k && bytes.length < header.sizes[k]!) break;
    const raster = decode(bytes, { channels: 'file', maxPixels });
    for (const field of ['width', 'height', 'channels', 'bitDepth'] as const)
      if (raster[field] !== picture[field])
        fail('CORRUPT', `factor ${k + 1}: ${field}`, raster[field], picture[field]);
    rasters.push(raster);
  }
  return rasters;
}
