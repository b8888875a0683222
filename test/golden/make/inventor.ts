import type { AdaptiveBits } from '../../../src/bits/adaptive.js';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../../src/bits/range-encoder.js';

/** Numbers from 0 to 1, below 1; the same seed gives the same (Numerical Recipes' generator). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Contexts of planes that are alive flags, the first ones. */
const ALIVE_FLAGS = 12 * 32;
const LIVELY = 32_000;

/** What a bit of probability p / 32,768 to be 1 is. */
export type Decide = (p: number) => number;

/** Bits as likely as their contexts say, but for a share of them, which are anything. */
export function likely(random: () => number, share: number): Decide {
  return p => (random() < (1 - share) * (p / 32_768) + share / 2 ? 1 : 0);
}

/**
 * A range decoder that makes up what it reads, bit by bit, and writes it down. A reader that is given one reads a picture that nobody drew, with every rule in it that bits
 * can reach, and the encoder then holds the bytes of it.
 */
export class Inventor extends RangeDecoder {
  readonly encoder = new RangeEncoder();
  /** Contexts of planes. Most of their alive flags come out as 1, so that rows do not end at once. */
  readonly lively = new Set<AdaptiveBits>();
  private alive = false;
  /** How many bytes are enough for what was read up to each mark. */
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

  /** All bytes, and where the marks are in them; the last is the end. */
  finish(): { bytes: Uint8Array; ends: number[] } {
    const bytes = this.encoder.finish();
    const ends = this.marks.map(mark => Math.min(mark, bytes.length));
    ends[ends.length - 1] = bytes.length;
    return { bytes, ends };
  }
}
