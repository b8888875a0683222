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
/** Gains are in units of 1 / 4096, -8192 to 8191; for the first factor, relative to 1. */
export const GAIN_UNIT = 4096;
export const GAIN_BITS = 14;
/** Order of the Exp-Golomb code for the sizes of the factors' pictures. */
export const FACTOR_SIZE_ORDER = 10;

/** What a sequence's header says before its first picture. */
export interface SequenceHeader extends PlainHeader {
  /** Frames, 1 to MAX_FRAMES. */
  frames: number;
  /** How often it is shown; 0 for ever. */
  loops: number;
  /** Code of the quantiser step of the frames. */
  step: number;
  /** By frame, in 1 / DURATION_UNIT ms; a single one if all are equal. */
  durations: number[];
  /** By factor and frame; empty if all are 0. */
  gains: number[][];
  /** Bytes of each factor's picture. */
  sizes: number[];
  /** Further content of the file; extensions of odd types come after the last frame. */
  extensions: Extension[];
}

/** The number for one frame from a list of `header`, which may be short. */
export const durationOf = ({ durations }: SequenceHeader, frame: number): number =>
  (durations[frame] ?? durations[0]!) / DURATION_UNIT;
export const gainsOf = ({ gains }: SequenceHeader, frame: number): number[] =>
  gains.map(of => of[frame] ?? 0);
