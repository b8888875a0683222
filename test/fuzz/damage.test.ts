import { createDecoder, decode, inspect, verify } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { compact, FILES, outcomeOf, UNWEIGHTED, withHeader } from './files.js';

describe.each(Object.entries(FILES))('A file (%s)', (name, bytes) => {
  it('cut anywhere gives its whole layers, or TRUNCATED before the first', () => {
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

  // A few bits of every byte: npm run flips tries all, in ten files.
  it('with any one bit flipped is an error', () => {
    const flipped = bytes.slice();
    for (let bit = 0; bit < bytes.length * 8; bit += 3) {
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

  it('in the compact form gives the same picture in the plain colour basis, and any damage gives a picture or an error', () => {
    const plain = UNWEIGHTED[name]!;
    const small = compact(plain);
    if (!small) return;
    expect(decode(small)).toEqual(decode(withHeader(plain, { colour: [0, 0, 0] })));
    for (let length = 1; length < small.length; length++) outcomeOf(small.subarray(0, length));
    for (let bit = 0; bit < small.length * 8; bit += 7) {
      const flipped = small.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      outcomeOf(flipped);
    }
  });
});

describe.each(Object.entries(FILES))('A bit flipped in a layer (%s)', (_name, bytes) => {
  const { layers } = inspect(bytes);
  const { stream } = readHeader(bytes);

  it('is reported with its place, and tolerant decoding gives the layers before it', () => {
    const pictures = layers.map(layer => decode(bytes.subarray(0, layer.bytes)));
    for (let bit = stream * 8; bit < layers.at(-1)!.bytes * 8; bit += 5) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 128 >> (bit & 7);
      const at = layers.findIndex(layer => layer.bytes > bit >> 3);
      const [from, to] = [layers[at - 1]?.bytes ?? stream, layers[at]!.bytes];
      const error = { code: 'CORRUPT', field: `layer ${at + 1}`, offset: from };
      for (const use of [decode, inspect]) expect(() => use(damaged)).toThrow(expect.objectContaining(error));
      expect(verify(damaged)).toMatchObject({ sound: at, damage: [{ field: error.field, from, to }] });
      if (at) {
        expect(decode(damaged, { tolerant: true })).toEqual(pictures[at - 1]);
        expect(inspect(damaged, { tolerant: true })).toMatchObject({ psnr: layers[at - 1]!.psnr });
      } else expect(() => decode(damaged, { tolerant: true })).toThrow(expect.objectContaining(error));
    }
  });

  it('is found during the download, as soon as its layer is complete', () => {
    const damaged = bytes.slice();
    const last = layers.length - 1;
    damaged[layers[last]!.bytes - 1]! ^= 1;
    for (const tolerant of [false, true]) {
      const decoder = createDecoder({ tolerant });
      const push = (from: number, to: number): number => decoder.push(damaged.subarray(from, to));
      const before = layers[last]!.bytes - 1;
      expect(push(0, before)).toBe(last);
      if (tolerant && last) {
        expect(push(before, damaged.length)).toBe(last);
        expect(decoder.picture()).toEqual(decode(bytes.subarray(0, layers[last - 1]!.bytes)));
      } else expect(() => push(before, damaged.length)).toThrow(/CORRUPT: layer/);
    }
  });
});

it('Damage behind the layers does not affect tolerant decoding', () => {
  const bytes = FILES['RGB with metadata']!;
  const end = inspect(bytes).layers.at(-1)!.bytes;
  expect(bytes.length).toBe(end + 2 + 20 + 4);
  for (let at = end; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at]! ^= 64;
    expect(() => decode(damaged)).toThrow(expect.objectContaining({ code: 'CORRUPT', field: 'checksum' }));
    expect(verify(damaged).damage).toEqual([{ field: 'checksum', from: end, to: bytes.length }]);
    expect(decode(damaged, { tolerant: true })).toEqual(decode(bytes));
  }
  const longer = Uint8Array.of(...bytes, 1, 2);
  expect(decode(longer, { tolerant: true })).toEqual(decode(bytes));
  expect(verify(longer).damage).toEqual([{ field: 'file', from: bytes.length, to: longer.length }]);
});

it('A file that is cut short counts as undamaged', () => {
  for (const bytes of Object.values(FILES)) {
    const { layers } = inspect(bytes);
    for (let length = layers[0]!.bytes; length <= bytes.length; length += 3) {
      const found = verify(bytes.subarray(0, length));
      expect(found).toMatchObject({ complete: length === bytes.length, damage: [], layers: layers.length });
      expect(found.present).toBe(layers.filter(layer => layer.bytes <= length).length);
    }
  }
});
