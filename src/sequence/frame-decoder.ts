import { RangeDecoder } from '../bits/range-decoder.js';
import { colourBasis } from '../colour/basis.js';
import { fromChannels } from '../colour/channels.js';
import { fail } from '../core/errors.js';
import { inFrame } from '../core/frames.js';
import { checkPixels } from '../core/limits.js';
import type { Raster } from '../core/raster.js';
import { decode } from '../decode/decode.js';
import { checkOptions } from '../decode/options.js';
import { gridOf } from '../matrices/blocks.js';
import { planeStates } from '../planes/states.js';
import { stepOf } from '../planes/step.js';
import { applyFrame } from './apply-frame.js';
import { checkFactor } from './check-factor.js';
import { codeFrame } from './code-frame.js';
import { composeFrame } from './compose.js';
import type { Frame } from './frame.js';
import { FrameReader } from './frame-reader.js';
import { durationOf, gainsOf } from './header.js';
import { lowRankPart, spatialFactor } from './low-rank.js';
import { emptyMemory } from './memory.js';
import type { OpenSequence } from './open.js';
import type { SequenceFrame, SequenceOptions } from './sequence-frame.js';
import { frameStates } from './states.js';

/** Decodes frame after frame. Each call takes the bytes of the next frame's section, or undefined if they are missing. */
export interface FrameDecoder {
  /** Throws CORRUPT, ABORTED. */
  next(stream: Uint8Array | undefined): SequenceFrame;
  /** Reads a frame that later frames depend on, without making its samples. Throws as `next`. */
  skip(stream: Uint8Array | undefined): void;
  /** Goes back to before the first frame. */
  rewind(): void;
}

/**
 * `rasters` are the pictures of the factors with the samples of the file; without them, they are decoded. Throws LIMIT, OPTION, ABORTED,
 * and what `decode` throws for a damaged picture of a factor.
 */
export function frameDecoder(
  sequence: OpenSequence,
  options: SequenceOptions,
  rasters?: readonly Raster[],
): FrameDecoder {
  const { header, picture } = sequence;
  const { rank, maxPixels, signal, channels: samples = 'rgba' } = options;
  checkOptions(options);
  checkPixels(picture, maxPixels);
  const basis = colourBasis(picture.colour);
  const grid = gridOf(picture.width, picture.height, 8);
  rasters ??= wholePictures(sequence, rank).map(file => decode(file, { channels: 'file', maxPixels }));
  for (const [k, raster] of rasters.entries()) checkFactor(raster, header, k + 1);
  const factors = rasters.map(raster => spatialFactor(raster, basis, grid));
  const blocks = grid.cols * grid.rows;
  const start = () => {
    const memory = emptyMemory(grid, picture.channels);
    const frame: Frame = {
      coded: new Uint8Array(blocks),
      sources: new Uint8Array(blocks),
      levels: memory.left.map(() => new Int32Array(blocks * 64)),
    };
    return { memory, frame, states: { planes: planeStates(), frames: frameStates() }, index: 0 };
  };
  let state = start();

  /** Updates what is left over the low-rank part to the next frame, and returns its low-rank part. */
  const advance = (stream: Uint8Array | undefined): Float32Array[] => {
    if (signal?.aborted) fail('ABORTED', 'signal', signal.reason);
    const { memory, frame, states } = state;
    const lowRank = lowRankPart(factors, gainsOf(header, state.index), basis);
    state.index++;
    if (stream?.length && rank === undefined) {
      inFrame(state.index, () => {
        const coder = new RangeDecoder(stream, 0, stream.length);
        codeFrame(new FrameReader(coder, states), memory, frame, true);
        if (coder.position < stream.length) fail('CORRUPT', 'stream', stream.length, coder.position);
      });
      applyFrame(memory, frame, lowRank, stepOf(header.step));
    }
    return lowRank;
  };
  return {
    next(stream) {
      const whole = stream !== undefined && rank === undefined;
      const { index } = state;
      const planes = composeFrame(advance(stream), whole ? state.memory.left : undefined, grid);
      const data = fromChannels(planes, basis, picture, samples === 'rgba');
      const { width, height, bitDepth } = picture;
      const channels = samples === 'rgba' ? 4 : picture.channels;
      return { width, height, channels, bitDepth, data, duration: durationOf(header, index), whole, index };
    },
    skip: advance,
    rewind() {
      state = start();
    },
  };
}

/** The files of the first `rank` factors; those after the first only if they are complete. */
export const wholePictures = ({ header, pictures }: OpenSequence, rank = Infinity): Uint8Array[] => {
  const cut = pictures.findIndex((file, k) => k > 0 && file.length < header.sizes[k]!);
  return pictures.slice(0, Math.min(rank, cut < 0 ? Infinity : cut));
};
