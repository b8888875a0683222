import type { SampleCount } from '../core/raster.js';
import type { Info } from '../decode/info.js';
import { inspect } from '../decode/inspect.js';
import { VERSION } from '../format/signature.js';
import { stepOf } from '../planes/step.js';
import { durationOf } from './header.js';
import { openSequence } from './open.js';
import { readSection } from './read-section.js';

/** What a sequence says about itself. */
export interface SequenceInfo {
  /** Of the format, 'major.minor'. */
  version: string;
  width: number;
  height: number;
  channels: SampleCount;
  bitDepth: 8 | 16;
  frames: number;
  /** By frame, milliseconds. */
  durations: number[];
  /** Of all frames together, milliseconds. */
  duration: number;
  /** How often it is shown; 0 for ever. */
  loops: number;
  /** Quantiser step of the frames, in units of 1 / 255 of the peak. */
  step: number;
  /** Spatial factors: the temporal rank. */
  rank: number;
  /** Bytes of the picture of each factor; the first is the background. */
  factorBytes: number[];
  /** The header of the background. */
  background: Info;
  /** Bytes of the frames that are here, in order, each with its size and check. */
  frameBytes: number[];
  /** Is everything here? */
  complete: boolean;
}

/**
 * Reads what a sequence, or a prefix of one that holds the first layer of its background, says about itself, without decoding it. Throws
 * CodecError as decodeSequence does.
 */
export function inspectSequence(bytes: Uint8Array): SequenceInfo {
  const { header, pictures, start, behind } = openSequence(bytes);
  const { width, height, channels, bitDepth } = header;
  const frameBytes: number[] = [];
  let at = start;
  while (frameBytes.length < header.frames) {
    const section = readSection(bytes, at, frameBytes.length);
    if (!section) break;
    frameBytes.push(section.end - at);
    at = section.end;
  }
  const durations = Array.from({ length: header.frames }, (_, frame) => durationOf(header, frame));
  return {
    version: `${VERSION.major}.${VERSION.minor}`,
    width,
    height,
    channels,
    bitDepth,
    frames: header.frames,
    durations,
    duration: durations.reduce((sum, duration) => sum + duration, 0),
    loops: header.loops,
    step: stepOf(header.step),
    rank: header.sizes.length,
    factorBytes: header.sizes,
    background: inspect(pictures[0]!),
    frameBytes,
    complete: frameBytes.length === header.frames && bytes.length >= at + behind,
  };
}
