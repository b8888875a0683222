import type { Extension } from '../format/extension.js';
import { KINDS, type PlainHeader } from '../format/plain-header.js';
import { SIGNATURE } from '../format/signature.js';

/** The first bytes of a sequence, of any version. */
export const SEQUENCE_SIGNATURE = Uint8Array.of(...SIGNATURE, KINDS.indexOf('sequence'));

/** Most frames of a sequence. */
export const MAX_FRAMES = 2 ** 20;
export const FRAMES_ORDER = 6;
/** Loops are 0 (for ever) to this. */
export const MAX_LOOPS = 65_535;
export const LOOPS_ORDER = 1;
/** Most spatial factors. */
export const MAX_TEMPORAL_RANK = 8;
export const TEMPORAL_RANK_BITS = 3;
/** Durations are in units of 1 / 100 ms, up to an hour. */
export const DURATION_UNIT = 100;
export const MAX_DURATION = 360_000_000;
export const DURATION_ORDER = 11;
/** Gains are in 1 / 4096, -8192 to 8191; that of the first factor is counted from 1 on. */
export const GAIN_UNIT = 4096;
export const GAIN_BITS = 14;
/** Sizes of the pictures of the factors. */
export const FACTOR_SIZE_ORDER = 10;

/** What a sequence says of itself before its first picture. */
export interface SequenceHeader extends PlainHeader {
  /** Frames, 1 to MAX_FRAMES. */
  frames: number;
  /** How often the whole is shown; 0 for ever. */
  loops: number;
  /** Code of the quantiser step of the frames. */
  step: number;
  /** By frame, in 1 / DURATION_UNIT ms; one alone where all are the same. */
  durations: number[];
  /** By factor and frame; no numbers where all are 0. */
  gains: number[][];
  /** Bytes of each factor's picture. */
  sizes: number[];
  /** What else the file carries; odd types stand behind the last frame. */
  extensions: Extension[];
}

/** Numbers of a list of `header`, which may be short, for one frame. */
export const durationOf = ({ durations }: SequenceHeader, frame: number): number =>
  (durations[frame] ?? durations[0]!) / DURATION_UNIT;
export const gainsOf = ({ gains }: SequenceHeader, frame: number): number[] =>
  gains.map(of => of[frame] ?? 0);
