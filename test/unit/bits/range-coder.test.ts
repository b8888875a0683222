import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveBits } from '../../../src/bits/adaptive.js';
import { BOTTOM, PROBABILITY_BITS, RangeDecoder, TOP } from '../../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../../src/bits/range-encoder.js';
import { checked } from '../../properties/codec-rasters.js';

type Coded = [bit: number, p: number];

const probability = fc.oneof(
  fc.constantFrom(1, 2, 16_384, 32_766, 32_767),
  fc.integer({ min: 1, max: 32_767 }),
);
const sequence = (maxLength: number): fc.Arbitrary<Coded[]> =>
  fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), probability), { maxLength, size: 'max' });

function encodeAll(bits: Coded[]): Uint8Array {
  const encoder = new RangeEncoder();
  for (const [bit, p] of bits) encoder.bit(bit, p);
  return encoder.finish();
}

/** The interval of a sequence in exact arithmetic: no carry, no bytes; and how often the encoder must carry into a byte of 255. */
function exactInterval(bits: Coded[]): { low: bigint; range: bigint; bytes: number; longCarries: number } {
  let [low, range, bytes, longCarries] = [0n, TOP, 0, 0];
  for (const [bit, p] of bits) {
    const bound = (range >>> PROBABILITY_BITS) * p;
    const before = low >> 32n;
    if (!bit) low += BigInt(bound);
    if (low >> 32n !== before && (before & 0xffn) === 0xffn) longCarries++;
    range = bit ? bound : range - bound;
    for (; range < BOTTOM; bytes++, range *= 256) low <<= 8n;
  }
  return { low, range: BigInt(range), bytes, longCarries };
}

const numberOf = (bytes: Uint8Array, length: number): bigint =>
  Array.from({ length }, (_, i) => BigInt(bytes[i] ?? 0)).reduce((sum, byte) => sum * 256n + byte, 0n);

describe('The range coder', () => {
  it('restores every bit at every probability', () => {
    fc.assert(
      fc.property(sequence(400), bits => {
        const bytes = encodeAll(bits);
        const decoder = new RangeDecoder(bytes, 0, bytes.length);
        for (const [bit, p] of bits) expect(decoder.bit(p)).toBe(bit);
      }),
      checked(200),
    );
  });

  it('ends within the exact interval, in as few bytes as possible, and carries through bytes of 255', () => {
    let longCarries = 0;
    fc.assert(
      fc.property(sequence(3000), bits => {
        const bytes = encodeAll(bits);
        const exact = exactInterval(bits);
        const end = numberOf(bytes, exact.bytes + 4);
        expect(end >= exact.low && end < exact.low + exact.range).toBe(true);
        expect(bytes.length).toBeLessThanOrEqual(exact.bytes + 4);
        longCarries += exact.longCarries;
      }),
      checked(60),
    );
    expect(longCarries).toBeGreaterThan(3);
  });

  it('can decode what was coded from the settled bytes, whatever follows', () => {
    fc.assert(
      fc.property(sequence(200), sequence(50), fc.constantFrom(0, 0x5a, 0xff), (bits, more, filler) => {
        const encoder = new RangeEncoder();
        for (const [bit, p] of bits) encoder.bit(bit, p);
        const { settled } = encoder;
        for (const [bit, p] of more) encoder.bit(bit, p);
        const whole = encoder.finish();
        const bytes = new Uint8Array(settled + 20).fill(filler);
        bytes.fill(0, 0, settled);
        bytes.set(whole.subarray(0, settled));
        const decoder = new RangeDecoder(bytes, 0, bytes.length);
        for (const [bit, p] of bits) expect(decoder.bit(p)).toBe(bit);
      }),
      checked(150),
    );
  });

  it('codes plain integers, at one bit for each of their bits', () => {
    const encoder = new RangeEncoder();
    for (let i = 0; i < 400; i++) encoder.bits(20, (i * 7919) % 2 ** 20);
    const bytes = encoder.finish();
    expect(Math.abs(bytes.length - 1000)).toBeLessThan(5);
    const decoder = new RangeDecoder(bytes, 0, bytes.length);
    for (let i = 0; i < 400; i++) expect(decoder.bits(20)).toBe((i * 7919) % 2 ** 20);
  });

  it('closes with two bytes less than a decoder takes, whatever follows', () => {
    fc.assert(
      fc.property(sequence(200), fc.constantFrom(0, 0x5a, 0xff), (bits, filler) => {
        const encoder = new RangeEncoder();
        for (const [bit, p] of bits) encoder.bit(bit, p);
        const closed = encoder.close();
        const bytes = new Uint8Array(closed.length + 20).fill(filler);
        bytes.set(closed);
        const decoder = new RangeDecoder(bytes, 0, bytes.length);
        for (const [bit, p] of bits) expect(decoder.bit(p)).toBe(bit);
        expect(decoder.position).toBe(closed.length + 2);
      }),
      checked(150),
    );
  });

  it('accepts four zeros past the end, and no more', () => {
    const decoder = new RangeDecoder(new Uint8Array(6), 0, 6);
    const run = (): void => {
      for (;;) decoder.bits(1);
    };
    expect(run).toThrow(expect.objectContaining({ code: 'CORRUPT', field: 'stream', offset: 6 }));
    expect(decoder.position).toBe(11);
    const strict = new RangeDecoder(new Uint8Array(6), 0, 6, 0, 'TRUNCATED');
    expect(() => strict.bits(40)).toThrow(expect.objectContaining({ code: 'TRUNCATED', field: 'header' }));
  });

  it('bounds the number of bits that any bytes can give', () => {
    const states = new AdaptiveBits(new Uint8Array(1));
    for (const filler of [0, 255]) {
      const decoder = new RangeDecoder(new Uint8Array(20).fill(filler), 0, 20);
      let bits = 0;
      expect(() => {
        for (; ; bits++) decoder.adaptive(states, 0);
      }).toThrow(/CORRUPT/);
      expect(bits).toBeLessThan(7600 * 24);
    }
  });

  it('omits the two bits of a first word that no encoder sets', () => {
    expect(new RangeDecoder(Uint8Array.of(0xff, 255, 255, 255), 0, 4).bit(32_767)).toBe(0);
    expect(new RangeDecoder(Uint8Array.of(0xc0, 0, 0, 0), 0, 4).bit(1)).toBe(1);
  });
});

describe('Adaptive bits', () => {
  it('stay within the range of probabilities of the coder, whatever they see', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 255 }),
        fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2000, size: 'max' }),
        (prior, seen) => {
          const bits = new AdaptiveBits([prior]);
          for (const bit of seen) {
            bits.update(0, bit);
            expect(bits.probability(0)).toBeGreaterThanOrEqual(1);
            expect(bits.probability(0)).toBeLessThanOrEqual(32_767);
          }
        },
      ),
      checked(60),
    );
    const bits = new AdaptiveBits([0]);
    for (let i = 0; i < 3000; i++) bits.update(0, 1);
    expect(bits.probability(0)).toBeGreaterThan(32_600);
    for (let i = 0; i < 3000; i++) bits.update(0, 0);
    expect(bits.probability(0)).toBeLessThan(170);
  });

  it('start at their prior, or at one half without one, and each learns for itself', () => {
    const bits = new AdaptiveBits([0, 64, 192]);
    expect([0, 1, 2].map(i => bits.probability(i))).toEqual([16_408, 8216, 24_600]);
    bits.update(0, 1);
    expect(bits.probability(0)).toBeGreaterThan(16_408);
    expect([1, 2].map(i => bits.probability(i))).toEqual([8216, 24_600]);
  });

  it('approach the frequency of what they see', () => {
    const bits = new AdaptiveBits([0]);
    let [state, sum] = [1, 0];
    for (let i = 0; i < 8000; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      bits.update(0, state / 2 ** 32 < 0.2 ? 1 : 0);
      if (i >= 4000) sum += bits.probability(0);
    }
    expect(Math.abs(sum / 4000 / 32_768 - 0.2)).toBeLessThan(0.02);
  });
});
