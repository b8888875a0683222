import { AdaptiveBits } from '../bits/adaptive.js';
import { CELL_CONTEXTS, type Cells, emptyCells } from './cells.js';

/** The exact cells of a picture. A colour is the samples of a pixel, 8 bits each, the first in the highest bits. */
export interface Tiles {
  cells: Cells;
  channels: number;
  /** Colours with a margin, see placeOf. Outside exact cells 0. */
  colours: Int32Array;
  stride: number;
}

/** Sample k of a colour. */
export const sampleOf = (colour: number, k: number, channels: number): number =>
  (colour >>> (8 * (channels - 1 - k))) & 255;

/** The expected sample k of a colour, once its first sample is known: as far from the first as in the colour `west`, modulo 256. */
export const expectedSample = (west: number, first: number, k: number, channels: number): number =>
  sampleOf(west, k, channels) - sampleOf(west, 0, channels) + first;

/** Free pixels left and right of the picture, and rows above it, so that neighbours need no bounds checks. */
export const SIDE = 4;
export const ABOVE = 2;

/** Place of a pixel in the array of colours. */
export const placeOf = (x: number, y: number, stride: number): number => (y + ABOVE) * stride + x + SIDE;

/** The neighbours that count: x and y relative to the pixel. */
// biome-ignore format: pairs
const NEIGHBOURS = [
  [-1, 0], [0, -1], [-1, -1], [1, -1], [-2, 0], [0, -2],
  [-2, -1], [2, -1], [-1, -2], [1, -2], [-3, 0], [3, -1],
] as const;
/** Three neighbourhoods: the first two neighbours, more of them, and all. */
const SMALL = 2;
const MIDDLE = 6;
/** This many neighbours are candidates themselves. */
const COPIED = 4;

const SLOT_BITS = 20;
const HASH = 0x9e3779b1;

/** Highest trust of a slot. A colour that it did not predict halves a trust above 2, and otherwise replaces its colour. */
const MOST_TRUST = 4;

/** Contexts: flags of cells; of segments; of candidates by place, source and agreement; those of the escape. */
const SEGMENT = CELL_CONTEXTS;
const CANDIDATE = SEGMENT + 64;
const SOURCES = 3 * MOST_TRUST + COPIED;
const FIRST = CANDIDATE + 7 * SOURCES * 8;
const REST = FIRST + 8 * 256;
/** Context of "this segment is predicted", in a column of cells: whether its last three were, and that in the column before. */
export const segmentContext = (foretold: Uint8Array, col: number): number =>
  SEGMENT + (foretold[col]! & 7) * 8 + (foretold[col - 1]! & 7);
/** Context of "the colour is the last one with this first sample". No tree has a node 0. */
export const SAME_CONTEXT = REST;
/** First context of the tree of the difference of sample k, 1 to 3. */
export const restContext = (k: number): number => REST + (k - 1) * 256;

/** See pixelModel. */
export interface PixelModel extends Tiles {
  states: AdaptiveBits;
  /** The candidates for the present pixel, and the contexts of their flags. */
  candidates: Int32Array;
  contexts: Int32Array;
  /** By first sample: the last colour with it that was not a candidate. */
  lastOf: (number | undefined)[];
  /** By column of cells: which of its last segments were predicted, one bit each, the last one lowest. */
  foretold: Uint8Array;
  /** Finds the candidates for the pixel at p; returns their number. */
  look(p: number): number;
  /** Learns the colour of the present pixel. */
  learn(colour: number): void;
  /** First context of the tree of the first sample at p. */
  firstContext(p: number): number;
}

/**
 * Predicts a pixel from the exact cells before it: which colours it may have, and the contexts of their flags. Reader and writer share it.
 * codec-spec.md, "Tiles". (A closure, since its names then take no bytes in a web page.)
 */
export function pixelModel(width: number, height: number, channels: number): PixelModel {
  const cells = emptyCells(width, height);
  const stride = width + 2 * SIDE;
  const colours = new Int32Array(stride * (height + ABOVE));
  const candidates = new Int32Array(3 + COPIED);
  const contexts = new Int32Array(3 + COPIED);
  const offsets = NEIGHBOURS.map(([x, y]) => y * stride + x);
  // By hash of a neighbourhood: the colour that last followed it, and its trust; 0 if none has.
  const followers = new Int32Array(1 << SLOT_BITS);
  const trust = new Uint8Array(1 << SLOT_BITS);
  // Slots of the neighbourhoods of the present pixel, the largest first.
  const slots = [0, 0, 0];
  let count = 0;

  /** Adds a candidate; if an earlier one has the same colour, notes that one more agrees with it. */
  const propose = (colour: number, source: number): void => {
    const i = candidates.indexOf(colour);
    if (i >= 0 && i < count) contexts[i]!++;
    else {
      candidates[count] = colour;
      contexts[count] = CANDIDATE + (count++ * SOURCES + source) * 8;
    }
  };

  return {
    cells,
    channels,
    colours,
    stride,
    states: new AdaptiveBits(new Uint8Array(REST + 3 * 256)),
    candidates,
    contexts,
    lastOf: [],
    foretold: new Uint8Array(cells.cols),
    look(p) {
      let hash = 0;
      for (let i = 1; i <= NEIGHBOURS.length; i++) {
        hash = Math.imul(hash ^ colours[p + offsets[i - 1]!]!, HASH) ^ (hash >>> 15);
        slots[i === SMALL ? 2 : i === MIDDLE ? 1 : 0] = hash >>> (32 - SLOT_BITS);
      }
      count = 0;
      for (let n = 0; n < 3; n++) {
        const slot = slots[n]!;
        if (trust[slot]) propose(followers[slot]!, n * MOST_TRUST + trust[slot]! - 1);
      }
      for (let n = 0; n < COPIED; n++) propose(colours[p + offsets[n]!]!, 3 * MOST_TRUST + n);
      return count;
    },
    learn(colour) {
      for (const slot of slots) {
        const had = trust[slot]!;
        if (had && followers[slot] === colour) trust[slot] = Math.min(had + 1, MOST_TRUST);
        else if (had > 2) trust[slot] = had >> 1;
        else {
          followers[slot] = colour;
          trust[slot] = 1;
        }
      }
    },
    firstContext: p => FIRST + (sampleOf(colours[p - 1]!, 0, channels) >> 5) * 256,
  };
}
