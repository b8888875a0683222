import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import { RangeEncoder } from '../../../src/bits/range-encoder.js';
import { GOLOMB_CONTEXTS } from '../../../src/bits/read-golomb.js';
import { columnStates, contextAt, LEVELS, side } from '../../../src/columns/contexts.js';
import { readColumn } from '../../../src/columns/read.js';
import { addColumn, directedColumn } from '../../../src/columns/recompose.js';
import { writeColumn } from '../../../src/columns/write.js';
import { CodecError } from '../../../src/core/errors.js';
import { plane } from '../../../src/core/plane.js';

const entry = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 2, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: -(2 ** 30), max: 2 ** 30 }) },
);
const columnsOf = (length: number) =>
  fc.array(fc.array(entry, { minLength: length, maxLength: length }), { minLength: 1, maxLength: 6 });
const columns = fc.integer({ min: 1, max: 70 }).chain(columnsOf);

describe('coded columns', () => {
  it('are read as they were written, column after column, at every length and size of entry', () => {
    fc.assert(
      fc.property(columns, list => {
        const length = list[0]!.length;
        const encoder = new RangeEncoder();
        const writing = { states: columnStates(), side: side(length) };
        for (const column of list)
          writeColumn(encoder, writing.states, writing.side, Float64Array.from(column));
        const bytes = encoder.finish();
        const decoder = new RangeDecoder(bytes, 0, bytes.length);
        const reading = { states: columnStates(), side: side(length) };
        for (const column of list)
          expect(Array.from(readColumn(decoder, reading.states, reading.side), value => value + 0)).toEqual(
            column.map(value => value + 0),
          );
        expect(reading.side).toEqual(writing.side);
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  it('take few bits where zeros follow zeros', () => {
    const encoder = new RangeEncoder();
    const states = columnStates();
    const of = side(500);
    for (let i = 0; i < 20; i++) writeColumn(encoder, states, of, new Float64Array(500));
    expect(encoder.finish().length).toBeLessThan(60);
  });

  it('end each escape code, even if all bits are ones', () => {
    const decoder = new RangeDecoder(new Uint8Array(200), 0, 200);
    expect(readColumn(decoder, columnStates(), side(4))[0]).toBe(1 - 2 ** 31 + 1);
  });

  it('have no entries of 2^31 or more', () => {
    const write = (value: number): void =>
      writeColumn(new RangeEncoder(), columnStates(), side(1), Float64Array.of(value));
    expect(() => write(2 ** 31 - 2)).not.toThrow();
    expect(() => write(2 ** 31 - 1)).toThrow(CodecError);
  });

  it('have larger expectations next to larger neighbours, up to the last level', () => {
    const of = side(9);
    expect(contextAt(of, 4)).toBe(0);
    let last = 0;
    for (const magnitude of [1, 3, 20, 255]) {
      of.magnitudes.fill(magnitude);
      of.memory.fill(16 * magnitude);
      const level = contextAt(of, 4) / GOLOMB_CONTEXTS;
      expect(level).toBeGreaterThan(last);
      last = level;
    }
    expect(last).toBe(LEVELS - 1);
  });
});

describe('terms', () => {
  it('have a left column with the length of the step, and none if it is zero', () => {
    const u = Float64Array.of(5, -2, 0, 1, 3);
    expect(directedColumn(u, 3)).toBe(true);
    expect(Math.hypot(...u)).toBeCloseTo(3, 12);
    expect(directedColumn(new Float64Array(5), 3)).toBe(false);
  });

  it('add up to their outer products', () => {
    const x = plane(2, 3);
    addColumn(x, Float64Array.of(1, 0, -2), Float64Array.of(3, 4));
    addColumn(x, Float64Array.of(0, 1, 1), Float64Array.of(10, 20));
    expect(Array.from(x.data)).toEqual([3, 4, 10, 20, 4, 12]);
  });
});
