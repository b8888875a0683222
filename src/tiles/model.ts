import { AdaptiveBits } from '../bits/adaptive.js';
import { CELL_CONTEXTS, type Cells, emptyCells } from './cells.js';

/** The exact cells of a picture. A colour is the samples of a pixel, 8 bits each, the first one the most significant. */
export interface Tiles {
  cells: Cells;
  channels: number;
  /** Colours with a margin: pixel (x, y) at (y + ABOVE) * stride + x + SIDE. Outside exact cells 0. */
  colours: Int32Array;
  stride: number;
}

/** Sample k of a colour. */
export const sampleOf = (colour: number, k: number, channels: number): number =>
  (colour >>> (8 * (channels - 1 - k))) & 255;

/** Pixels kept free left and right of the picture, and rows above it, so that neighbours need no tests. */
export const SIDE = 4;
export const ABOVE = 2;

/** The neighbours that are looked at: x and y from the pixel. */
// biome-ignore format: pairs
const NEIGHBOURS = [
  -1, 0, 0, -1, -1, -1, 1, -1, -2, 0, 0, -2,
  -2, -1, 2, -1, -1, -2, 1, -2, -3, 0, 3, -1,
];
/** Three neighbourhoods: the first so many of them. */
const NEIGHBOURHOODS = [2, 6, 12];
/** So many of them are candidates themselves, and among so many the line of colours is sought. */
const COPIED = 4;
const LINE = 6;

const SLOT_BITS = 20;
const HASH = 0x9e3779b1;

/** Most trust that a slot has. A colour that it did not foretell halves trust above 2, and else takes the place. */
const MOST_TRUST = 4;

/** Contexts: flags of cells; of segments; of candidates by place, source and who agrees; the escape's. */
const SEGMENT = CELL_CONTEXTS;
const CANDIDATE = SEGMENT + 64;
const SOURCES = 3 * MOST_TRUST + COPIED;
const FIRST = CANDIDATE + 5 * SOURCES * 16;
const SAME = FIRST + 8 * 256;
const REST = SAME + 1;
const CONTEXTS = REST + 3 * 256;

/** Context of "the colour is the last one with this first sample". */
export const SAME_CONTEXT = SAME;
/** First context of the tree of the difference of sample k, 1 to 3. */
export const restContext = (k: number): number => REST + (k - 1) * 256;

/**
 * What the exact cells before a pixel say of it: which colours it may have, and in what contexts their flags stand. Reader and writer share it.
 * codec-spec.md, "Tiles".
 */
export class PixelModel implements Tiles {
  readonly states = new AdaptiveBits(new Uint8Array(CONTEXTS));
  readonly cells: Cells;
  readonly stride: number;
  readonly colours: Int32Array;
  /** The candidates for the pixel looked at last, and the contexts of their flags. */
  readonly candidates = new Int32Array(3 + COPIED);
  readonly contexts = new Int32Array(3 + COPIED);
  count = 0;
  /** By first sample: the last colour with it that was no candidate. */
  readonly lastOf: (number | undefined)[] = [];
  private readonly offsets: number[];
  /** By hash of a neighbourhood: the colour that followed it, and how far to trust it; 0 where none has. */
  private readonly followers = new Int32Array(2 ** SLOT_BITS);
  private readonly trust = new Uint8Array(2 ** SLOT_BITS);
  /** Slots of the neighbourhoods of the pixel looked at last, the largest first. */
  private readonly slots = new Int32Array(3);
  /** Which of the last segments of the row, and of each column of cells, were foretold, one bit each. */
  private left = 0;
  private readonly above: Uint8Array;
  /** Ends of the line of colours around the pixel that `seekLine` was called for. */
  private low = 0;
  private high = 0;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly channels: number,
  ) {
    this.cells = emptyCells(width, height);
    this.stride = width + 2 * SIDE;
    this.colours = new Int32Array(this.stride * (height + ABOVE));
    this.offsets = Array.from({ length: 12 }, (_, i) => NEIGHBOURS[2 * i + 1]! * this.stride + NEIGHBOURS[2 * i]!);
    this.above = new Uint8Array(this.cells.cols);
  }

  /** Begins row y; returns the place of its first pixel. */
  beginRow(y: number): number {
    this.left = 0;
    return (y + ABOVE) * this.stride + SIDE;
  }

  /** Context of "this segment is foretold", in a column of cells. */
  segmentContext(col: number): number {
    return SEGMENT + (this.above[col]! & 7) * 8 + (this.left & 7);
  }

  endSegment(col: number, foretold: number): void {
    this.left = this.left * 2 + foretold;
    this.above[col] = this.above[col]! * 2 + foretold;
  }

  /** Finds the candidates for the pixel at p. */
  look(p: number): void {
    const { colours, offsets, slots, followers, trust } = this;
    let hash = 0;
    let i = 0;
    NEIGHBOURHOODS.forEach((end, n) => {
      for (; i < end; i++) hash = Math.imul(hash ^ colours[p + offsets[i]!]!, HASH) ^ (hash >>> 15);
      slots[2 - n] = hash >>> (32 - SLOT_BITS);
    });
    this.count = 0;
    for (let n = 0; n < 3; n++) {
      const slot = slots[n]!;
      if (trust[slot]) this.propose(followers[slot]!, n * MOST_TRUST + trust[slot]! - 1, n);
    }
    for (let n = 0; n < COPIED; n++) this.propose(colours[p + offsets[n]!]!, 3 * MOST_TRUST + n, n + 3);
  }

  /** Adds a candidate; where an earlier one has this colour, notes instead that voice 1 to 4 agrees with it. */
  private propose(colour: number, source: number, voice: number): void {
    for (let i = 0; i < this.count; i++)
      if (this.candidates[i] === colour) {
        if (voice < 5) this.contexts[i]! |= 1 << (voice - 1);
        return;
      }
    const place = this.count++;
    this.candidates[place] = colour;
    this.contexts[place] = CANDIDATE + ((place < 4 ? place : 4) * SOURCES + source) * 16;
  }

  /** Learns which colour the pixel looked at last has. */
  learn(colour: number): void {
    const { followers, trust } = this;
    for (const slot of this.slots) {
      const had = trust[slot]!;
      if (had && followers[slot] === colour) trust[slot] = had < MOST_TRUST ? had + 1 : had;
      else if (had > 2) trust[slot] = had >> 1;
      else {
        followers[slot] = colour;
        trust[slot] = 1;
      }
    }
  }

  /** First context of the tree of the first sample at p. */
  firstContext(p: number): number {
    return FIRST + (sampleOf(this.colours[p - 1]!, 0, this.channels) >> 5) * 256;
  }

  /** Finds the line of colours at p, from the neighbour with the least first sample to the one with the greatest. */
  seekLine(p: number): void {
    const { colours, offsets, channels } = this;
    this.low = this.high = colours[p - 1]!;
    for (let i = 1; i < LINE; i++) {
      const colour = colours[p + offsets[i]!]!;
      const first = sampleOf(colour, 0, channels);
      if (first < sampleOf(this.low, 0, channels)) this.low = colour;
      if (first > sampleOf(this.high, 0, channels)) this.high = colour;
    }
  }

  /** Sample k of the colour on the line, straight on beyond its ends, whose first sample is `first`. */
  onLine(first: number, k: number): number {
    const { low, high, channels } = this;
    const along = first - sampleOf(low, 0, channels);
    const length = sampleOf(high, 0, channels) - sampleOf(low, 0, channels);
    const from = sampleOf(low, k, channels);
    const to = sampleOf(high, k, channels);
    const sample = from + (length ? Math.trunc(((to - from) * along) / length) : along);
    return sample < 0 ? 0 : sample > 255 ? 255 : sample;
  }
}
