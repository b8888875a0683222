import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../src/bits/bit-reader.js';
import { BitWriter } from '../../../src/bits/bit-writer.js';
import { checksum } from '../../../src/bits/checksum.js';
import { crc32 } from '../../../src/bits/crc32.js';
import { checked } from '../../properties/codec-rasters.js';

type Item = ['u' | 's' | 'ue', number, number] | ['put', Uint8Array];

const item: fc.Arbitrary<Item> = fc.oneof(
  fc
    .integer({ min: 0, max: 32 })
    .chain(n => fc.tuple(fc.constant('u' as const), fc.constant(n), fc.integer({ min: 0, max: 2 ** n - 1 }))),
  fc
    .integer({ min: 1, max: 32 })
    .chain(n =>
      fc.tuple(
        fc.constant('s' as const),
        fc.constant(n),
        fc.integer({ min: -(2 ** (n - 1)), max: 2 ** (n - 1) - 1 }),
      ),
    ),
  fc.tuple(
    fc.constant('ue' as const),
    fc.integer({ min: 0, max: 20 }),
    fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 0, max: 2 ** 31 })),
  ),
  fc.tuple(fc.constant('put' as const), fc.uint8Array({ maxLength: 9 })),
);

describe('Bit cursors', () => {
  it('read what was written, whatever stands next to what', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), items => {
        const writer = new BitWriter();
        for (const [kind, a, b] of items)
          if (kind === 'put') {
            writer.align();
            writer.put(a);
          } else writer[kind](a, b);
        writer.align();
        const bytes = writer.bytes();
        expect(writer.length).toBe(bytes.length);
        const reader = new BitReader(bytes);
        for (const [kind, a, b] of items)
          if (kind === 'put') {
            reader.align('padding');
            expect([...reader.take(a.length, 'bytes')]).toEqual([...a]);
          } else expect(reader[kind](a, kind)).toBe(b);
        reader.align('padding');
        expect(reader.offset).toBe(bytes.length);
        expect(() => reader.u(1, 'more')).toThrow(
          expect.objectContaining({ code: 'TRUNCATED', field: 'more', offset: bytes.length }),
        );
      }),
      checked(300),
    );
  });

  it('take the most significant bit first', () => {
    const writer = new BitWriter();
    writer.u(3, 0b101);
    writer.ue(0, 4); // 00101
    writer.s(4, -2); // 1110
    expect([...writer.bytes()]).toEqual([0b1010_0101, 0b1110_0000]);
  });

  it('refuse padding that is not zero, codes without end, and bytes past the end that they were given', () => {
    const padded = new BitReader(Uint8Array.of(0b1000_0001));
    padded.u(1, 'flag');
    expect(() => padded.align('padding')).toThrow(
      expect.objectContaining({ code: 'CORRUPT', field: 'padding', offset: 0 }),
    );
    expect(() => new BitReader(new Uint8Array(20)).ue(3, 'count')).toThrow(
      expect.objectContaining({ code: 'CORRUPT', field: 'count' }),
    );
    const short = new BitReader(new Uint8Array(5), 2);
    expect(short.take(2, 'a').length).toBe(2);
    expect(() => short.take(2, 'b')).toThrow(
      expect.objectContaining({ code: 'TRUNCATED', field: 'b', offset: 4 }),
    );
  });
});

it('The checksum is FNV-1a (bb86b11c of 123456789)', () => {
  const bytes = new TextEncoder().encode('123456789..');
  expect(checksum(bytes.subarray(0, 9))).toBe(0xbb86b11c);
  expect(checksum(new Uint8Array(0))).toBe(0x811c9dc5);
});

it('The CRC-32 is that of the catalogue (check value CBF43926), over any part', () => {
  const bytes = new TextEncoder().encode('..123456789..');
  expect(crc32(bytes, 2, 11)).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});
