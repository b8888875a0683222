import { decode, inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { compact, FILES, outcomeOf, UNWEIGHTED, withHeader } from './files.js';

describe.each(Object.entries(FILES))('A file (%s)', (name, bytes) => {
  it('cut anywhere is the picture of its whole layers, or TRUNCATED before the first', () => {
    const { layers } = inspect(bytes);
    const first = layers[0]!.bytes;
    const pictures = layers.map(layer => decode(bytes.subarray(0, layer.bytes)));
    for (let length = 1; length < bytes.length; length++) {
      const cut = bytes.subarray(0, length);
      expect(outcomeOf(cut), `${length} bytes`).toBe(length < first ? 'TRUNCATED' : 'picture');
      if (length >= first)
        expect(decode(cut)).toEqual(pictures[layers.filter(l => l.bytes <= length).length - 1]);
    }
    expect(outcomeOf(bytes.subarray(0, 0))).toBe('EMPTY');
  });

  it('with any one bit flipped is an error', () => {
    const flipped = bytes.slice();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      expect(outcomeOf(flipped), `bit ${bit & 7} of byte ${bit >> 3}`).not.toBe('picture');
      flipped[bit >> 3]! ^= 1 << (bit & 7);
    }
  });

  it('with bytes after its end is CORRUPT', () => {
    for (const more of [1, 4, 100]) {
      const longer = new Uint8Array(bytes.length + more);
      longer.set(bytes);
      expect(() => decode(longer)).toThrow(
        expect.objectContaining({ code: 'CORRUPT', field: 'file', offset: bytes.length }),
      );
    }
  });

  it('in the compact form gives the same picture in the plain colour basis, and a picture or an error whatever happens to it', () => {
    const plain = UNWEIGHTED[name]!;
    const small = compact(plain);
    expect(decode(small)).toEqual(decode(withHeader(plain, { colour: [0, 0, 0] })));
    for (let length = 1; length < small.length; length++) outcomeOf(small.subarray(0, length));
    for (let bit = 0; bit < small.length * 8; bit += 3) {
      const flipped = small.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      outcomeOf(flipped);
    }
  });
});
