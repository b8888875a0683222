import type { AdaptiveBits } from '../../../src/bits/adaptive.js';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../../src/bits/range-encoder.js';

/** Numbers from 0 to below 1; the same seed gives the same (generator of Numerical Recipes). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** The first contexts of planes, those of alive flags. */
const ALIVE_FLAGS = 12 * 32;
const LIVELY = 32_000;

/** Returns a bit whose probability of being 1 is p / 32,768. */
export type Decide = (p: number) => number;

/** Bits as probable as their contexts say, except for a share of them, which are arbitrary. */
export function likely(random: () => number, share: number): Decide {
  return p => (random() < (1 - share) * (p / 32_768) + share / 2 ? 1 : 0);
}

/**
 * A range decoder that invents the bits that it returns, and records them. A reader that uses it reads a random picture, in which any rule
 * that bits can reach may occur; an encoder then holds the bytes of that picture.
 */
export class Inventor extends RangeDecoder {
  readonly encoder = new RangeEncoder();
  /** Contexts of planes. Most of their alive flags are invented as 1, so that rows do not end at once. */
  readonly lively = new Set<AdaptiveBits>();
  private alive = false;
  /** How many bytes suffice for what was read up to each mark. */
  readonly marks: number[] = [];

  constructor(private readonly decide: Decide) {
    super(new Uint8Array(4), 0);
  }

  override adaptive(states: AdaptiveBits, i: number): number {
    this.alive = i < ALIVE_FLAGS && this.lively.has(states);
    return super.adaptive(states, i);
  }

  override bit(p: number): number {
    const bit = this.decide(this.alive ? LIVELY : p);
    this.alive = false;
    this.encoder.bit(bit, p);
    return bit;
  }

  mark(): void {
    this.marks.push(this.encoder.settled);
  }

  /** All bytes, and the offsets of the marks in them; the last is the end. */
  finish(): { bytes: Uint8Array; ends: number[] } {
    const bytes = this.encoder.finish();
    const ends = this.marks.map(mark => Math.min(mark, bytes.length));
    ends[ends.length - 1] = bytes.length;
    return { bytes, ends };
  }
}
