import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../src/bits/range-encoder.js';
import { plane } from '../../src/core/plane.js';
import { GROUPS, TAPS } from '../../src/restore/bank.js';
import { designFilters } from '../../src/restore/design.js';
import type { ChannelFilter } from '../../src/restore/filter.js';
import { readFilters } from '../../src/restore/read-filter.js';
import { restore } from '../../src/restore/restore.js';
import { writeFilters } from '../../src/restore/write-filter.js';

const deltas = fc.oneof(
  fc.constant(new Array<number>(TAPS).fill(0)),
  fc.array(fc.integer({ min: -63, max: 63 }), { minLength: TAPS, maxLength: TAPS }),
);
const first = fc
  .array(deltas, { minLength: GROUPS, maxLength: GROUPS })
  .map((groups): ChannelFilter => groups.flat());
const orNone = (filter: fc.Arbitrary<ChannelFilter>) => fc.option(filter, { nil: undefined });
const other = orNone(fc.constant<ChannelFilter>([]));

const filters = fc.oneof(fc.tuple(orNone(first)), fc.tuple(orNone(first), other, other));

describe('The side information of the restoration filter', () => {
  it('is read as it was written, and so is what follows it', () => {
    fc.assert(
      fc.property(filters, fc.integer({ min: 0, max: 65_535 }), (written, after) => {
        const coder = new RangeEncoder();
        writeFilters(coder, written);
        coder.bits(16, after);
        const bytes = coder.finish();
        const decoder = new RangeDecoder(bytes, 0, bytes.length);
        expect(readFilters(decoder, written.length)).toEqual(written);
        expect(decoder.bits(16)).toBe(after);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('takes one bit a channel without any filter', () => {
    const coder = new RangeEncoder();
    writeFilters(coder, [undefined, undefined, undefined]);
    expect(coder.finish().length).toBeLessThanOrEqual(1);
  });

  it('can be read from any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1500, maxLength: 2000 }), bytes => {
        const start = Uint8Array.of(0, ...bytes);
        for (const filter of readFilters(new RangeDecoder(start, 0, start.length), 3))
          expect(filter?.every(v => Math.abs(v) < 2 ** 31)).not.toBe(false);
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe('The design of the restoration filter', () => {
  const width = 136;
  const height = 104;
  const step = 20;
  /** Stripes and discs, and their coarse quantisation: noise as large as its step, the same on every run. */
  const original = plane(width, height);
  const decoded = plane(width, height);
  let state = 1;
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    original.data[i] =
      (Math.floor((x + 2 * y) / 23) % 2) * 60 + (Math.hypot(x - 60, y - 50) < 30 ? 50 : 0) - 50;
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    decoded.data[i] = original.data[i]! + (state / 2 ** 32 - 0.5) * 0.7 * step;
  }
  const coded = new Uint8Array((width * height) / 64).fill(1);
  const error = (of: { data: Float32Array }): number =>
    of.data.reduce((sum, v, i) => sum + (v - original.data[i]!) ** 2, 0);

  it('brings the channels closer to the originals, as a decoder with these filters does', () => {
    const planes = [0, 1, 2].map(() => ({ ...decoded, data: decoded.data.slice() }));
    const three = [original, original, original];
    const found = designFilters(planes, three, [coded, coded, coded], step);
    expect(found.every(filter => filter)).toBe(true);
    const others = [0, 1, 2].map(() => ({ ...decoded, data: decoded.data.slice() }));
    restore(others, [coded, coded, coded], step, found);
    expect(planes).toEqual(others);
    const again = [0, 1, 2].map(() => ({ ...decoded, data: decoded.data.slice() }));
    expect(designFilters(again, three, [coded, coded, coded], step, false, found)).toEqual(found);
    expect(again).toEqual(others);
    planes.forEach((p, channel) => {
      expect(error(p)).toBeLessThan(error(decoded) * (channel ? 0.8 : 0.3));
    });
  });

  it('switches the filter off if the channels are already exact', () => {
    expect(designFilters([original], [original], [coded], step)).toEqual([undefined]);
  });

  it('switches it off if 1/16 is too coarse for the step', () => {
    const fine = { ...original, data: original.data.map((v, i) => v + ((i % 5) - 2) / 400) };
    const noisy = { ...fine, data: fine.data.map((v, i) => v + ((i % 3) - 1) / 1000) };
    expect(designFilters([noisy], [fine], [coded], 1 / 64)).toEqual([undefined]);
  });
});
