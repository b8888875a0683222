import { RangeEncoder } from '../bits/range-encoder.js';
import { toChannels } from '../colour/analysis-kernels.js';
import { colourBasis } from '../colour/basis.js';
import { colourCount, peakOf, type Raster } from '../core/raster.js';
import { decode } from '../decode/decode.js';
import { openFile } from '../decode/open.js';
import { encode } from '../encode/encode.js';
import { FileSink } from '../encode/file-sink.js';
import { errorsOf } from '../encode/layers/errors-of.js';
import { joined } from '../format/joined.js';
import { analyse } from '../matrices/analyse.js';
import { gridOf } from '../matrices/blocks.js';
import { planeStates } from '../planes/states.js';
import { stepOf } from '../planes/step.js';
import { qualityOfStep } from '../rates/target.js';
import { applyFrame } from './apply-frame.js';
import { chooseFrame } from './choose-frame.js';
import type { ClipSource } from './clip-source.js';
import { codeFrame } from './code-frame.js';
import { composeFrame } from './compose.js';
import { FrameWriter, learning } from './frame-writer.js';
import { DURATION_UNIT, GAIN_UNIT, gainsOf, type SequenceHeader } from './header.js';
import { lowRankPart, spatialFactor } from './low-rank.js';
import { emptyMemory } from './memory.js';
import type { ClipPlan } from './plan.js';
import { frameStates } from './states.js';
import { writeSequenceHeader } from './write-header.js';
import { writeSection } from './write-section.js';

/** Codes a clip at one step, frame by frame. */
export interface SequenceCoder {
  /** Header and factors, one after the other. */
  head: Uint8Array;
  /** The section of the next frame, and its squared error summed over all colour samples, in 1 / 255 of the peak. */
  next(frame: Raster): { bytes: Uint8Array; error: number };
}

/**
 * A spatial factor with gains a (by frame) needs steps of about D / |a|: an error in it counts in every frame that shows it, and if all
 * frames did, that would be the step of an orthonormal factorisation. On real clips, whose blocks often build on the last frame, this share
 * of that precision is best.
 */
const SHARED = 0.6;
/** A factor's step is at most this many times finer than the frames'. */
const FINEST = 6;

export function sequenceCoder(clip: ClipSource, plan: ClipPlan, code: number, passes: number): SequenceCoder {
  const { durations, loops = 0 } = clip;
  const step = stepOf(code);
  const files = plan.factors.map((picture, k) => {
    const norm = Math.sqrt(durations.reduce((sum, _, t) => sum + gainAt(plan, k, t) ** 2, 0));
    const finer = Math.max(1, Math.min(FINEST, SHARED * norm));
    return encode(picture, { quality: qualityOfStep(step / finer), tune: 'psnr' });
  });
  const { header: picture } = openFile(files[0]!);
  const { width, height, channels, bitDepth } = picture;
  const header: SequenceHeader = {
    ...{ width, height, channels, bitDepth },
    frames: durations.length,
    loops,
    step: code,
    durations: shortened(durations.map(duration => Math.round(duration * DURATION_UNIT))),
    gains: plan.gains,
    sizes: files.map(file => file.length),
    extensions: [],
  };
  const basis = colourBasis(picture.colour);
  const grid = gridOf(picture.width, picture.height, 8);
  const factors = files.map(file =>
    spatialFactor(decode(file, { channels: 'file', maxPixels: Infinity }), basis, grid),
  );
  const memory = emptyMemory(grid, picture.channels);
  const states = { planes: planeStates(), frames: frameStates() };
  let index = 0;
  return {
    head: joined([writeSequenceHeader(header), ...files]),
    next(raster) {
      const lowRank = lowRankPart(factors, gainsOf(header, index++), basis);
      const wanted = toChannels(raster, basis).map((channel, c) => {
        const low = lowRank[c]!;
        return analyse(channel, grid).map((v, i) => v - low[i]!);
      });
      const frame = chooseFrame(memory, wanted, lowRank, step, states, passes);
      const coder = new RangeEncoder();
      const writer = new FrameWriter(
        new FileSink(coder, states.planes),
        learning(coder, states.frames),
        frame,
      );
      const silent = !frame.coded.includes(1);
      if (!silent) {
        codeFrame(writer, memory, frame, true);
        applyFrame(memory, frame, lowRank, step);
      }
      const planes = composeFrame(lowRank, memory.left, grid);
      const { colour } = errorsOf(raster, planes, basis);
      const { width, height, channels, bitDepth } = raster;
      const samples = width * height * colourCount(channels);
      return {
        bytes: writeSection(silent ? new Uint8Array(0) : atLeastOneByte(coder.finish())),
        error: colour * samples * (255 / peakOf(bitDepth)) ** 2,
      };
    },
  };
}

/** A section without bytes is a silent frame. A stream of zeros, which are left out, keeps one. */
const atLeastOneByte = (stream: Uint8Array): Uint8Array => (stream.length ? stream : new Uint8Array(1));

/** The gain of factor k in frame t. */
const gainAt = ({ gains }: ClipPlan, k: number, t: number): number =>
  (k ? 0 : 1) + (gains[k]![t] ?? 0) / GAIN_UNIT;

/** A single number if all are equal. */
const shortened = (numbers: number[]): number[] =>
  new Set(numbers).size === 1 ? numbers.slice(0, 1) : numbers;
