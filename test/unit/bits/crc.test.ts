import { expect, it } from 'vitest';
import { crc16 } from '../../../src/bits/crc16.js';
import { crc32 } from '../../../src/bits/crc32.js';

const bytes = new TextEncoder().encode('..123456789..');

it('The CRC-32 and the CRC-16 match the catalogue, over any part', () => {
  expect(crc32(bytes, 2, 11)).toBe(0xcbf43926);
  expect(crc16(bytes, 2, 11)).toBe(0x906e);
  for (const crc of [crc32, crc16]) expect(crc(new Uint8Array(0))).toBe(0);
});

it('They continue from the CRC of what precedes', () => {
  for (const crc of [crc32, crc16]) expect(crc(bytes, 5, undefined, crc(bytes, 0, 5))).toBe(crc(bytes));
});

it('The CRC-16 detects each changed bit in a long run', () => {
  const long = new Uint8Array(9000);
  const sum = crc16(long);
  for (let bit = 0; bit < 8 * long.length; bit += 997) {
    long[bit >> 3] = 128 >> (bit & 7);
    expect(crc16(long)).not.toBe(sum);
    long[bit >> 3] = 0;
  }
});
