import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../src/bits/bit-reader.js';
import { BitWriter } from '../../../src/bits/bit-writer.js';

const NO_INTEGERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, -1];

describe('Exp-Golomb codes', () => {
  it.each([0, 1, 5, 24, 31])('of order %d read back what was written, to the largest', order => {
    const values = [0, 1, 2, 2 ** order - 1, 123_456, 2 ** 32 - 2 ** order - 1];
    const bits = new BitWriter();
    for (const value of values) bits.ue(order, value);
    const reader = new BitReader(bits.bytes());
    expect(values.map(() => reader.ue(order, 'value'))).toEqual(values);
  });

  it.each([...NO_INTEGERS, 2 ** 32 - 8, 2 ** 40])('refuse %d, which no reader gets back', value => {
    const bits = new BitWriter();
    expect(() => bits.ue(3, value)).toThrow(expect.objectContaining({ code: 'OPTION', field: 'value' }));
    expect(bits.length).toBe(0);
  });
});

describe('Integers of n bits', () => {
  it('read back, signed and unsigned, to the ends of their ranges', () => {
    const bits = new BitWriter();
    bits.u(32, 2 ** 32 - 1);
    bits.u(0, 0);
    bits.u(3, 7);
    bits.s(10, -512);
    bits.s(10, 511);
    const reader = new BitReader(bits.bytes());
    expect([reader.u(32, ''), reader.u(0, ''), reader.u(3, '')]).toEqual([2 ** 32 - 1, 0, 7]);
    expect([reader.s(10, ''), reader.s(10, '')]).toEqual([-512, 511]);
  });

  it.each([...NO_INTEGERS, 8])('refuse %d for 3 unsigned bits', value => {
    expect(() => new BitWriter().u(3, value)).toThrow(expect.objectContaining({ code: 'OPTION' }));
  });

  it.each([Number.NaN, 0.5, -5, 4])('refuse %d for 3 signed bits', value => {
    expect(() => new BitWriter().s(3, value)).toThrow(expect.objectContaining({ code: 'OPTION' }));
  });
});
