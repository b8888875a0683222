import type { Factor } from '../../planes/factor.js';
import type { Factors, Shape, Windows } from '../../planes/factors.js';
import { emptyFactors } from '../../planes/kernels.js';
import type { Notes } from '../../planes/notes.js';
import type { Levels } from '../../planes/write.js';
import type { Sums } from './debts.js';

/** Arrays for quantising one channel: 64 numbers a block each, except `lastBand`, which has a byte a block. */
export interface ChannelDesk {
  levels: Levels;
  lastBand: Uint8Array;
  notes: Notes;
  /** Target of each coefficient, in steps: element k of block b at b * 64 + k. */
  target: Float32Array;
  /** See Externals. */
  gradient: Float32Array;
}

/** All large arrays for quantising a picture. They are made once: making them anew for each pass took a tenth of the time. */
export interface Desk {
  factors: Factors;
  channels: ChannelDesk[];
  /** Notes on plane 0's levels. */
  thumbs: Notes[];
  sums: Sums;
  /** See FineSteps. */
  ratios: Float32Array;
}

/** Makes arrays of zeros. */
export interface Arrays {
  bytes(length: number): Uint8Array;
  ints(length: number): Int32Array;
  words(length: number): Uint32Array;
  floats(length: number): Float32Array;
}

/** A desk around factors of zeros, with arrays from `arrays`. */
export function deskOf(factors: Factors, arrays: Arrays): Desk {
  const notes = ({ positions, size }: Factor): Notes => ({
    bold: arrays.bytes(positions.length * size),
    coefficients: arrays.words(positions.length * size),
    alive: arrays.bytes(size === 64 ? positions.length * 8 : 0),
  });
  const first = factors.channels[0]!;
  return {
    factors,
    channels: factors.channels.map(factor => ({
      levels: arrays.ints(factor.positions.length * 64),
      lastBand: arrays.bytes(factor.positions.length),
      notes: notes(factor),
      target: arrays.floats(factor.positions.length * 64),
      gradient: arrays.floats(factor.places * 64),
    })),
    thumbs: factors.thumbs.map(notes),
    sums: {
      eastSouth: arrays.floats(first.places * 64),
      around: arrays.floats(first.places * 64),
      activity: arrays.floats(first.places),
    },
    ratios: arrays.floats(first.positions.length),
  };
}

export const PLAIN: Arrays = {
  bytes: length => new Uint8Array(length),
  ints: length => new Int32Array(length),
  words: length => new Uint32Array(length),
  floats: length => new Float32Array(length),
};

/** A desk for a picture, or for windows of it. */
export const emptyDesk = (shape: Shape, windows?: Windows): Desk =>
  deskOf(emptyFactors(shape, windows), PLAIN);
