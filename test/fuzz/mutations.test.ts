import fc from 'fast-check';
import { inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { checked } from '../properties/codec-rasters.js';
import { FILES, outcomeOf, withStream } from './files.js';
import { oddHeaders } from './headers.js';

const KNOWN = ['picture', 'EMPTY', 'NOT_LRK', 'VERSION', 'TRUNCATED', 'CORRUPT', 'LIMIT'];
const file = fc.constantFrom(...Object.values(FILES));
const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength, size: 'max' });

describe('Damage that no checksum sees gives a picture or an error', () => {
  it('anywhere in the stream of a prefix', () => {
    const places = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(file, places, fc.nat(), (bytes, changes, cut) => {
        const { layers } = inspect(bytes);
        const { header, stream } = readHeader(bytes);
        const damaged = bytes.slice(stream, layers[cut % layers.length]!.bytes);
        if (!damaged.length) return;
        for (const [at, change] of changes) damaged[at % damaged.length]! ^= change;
        expect(['picture', 'CORRUPT']).toContain(outcomeOf(withStream(header, damaged)));
      }),
      checked(1500),
    );
  });

  it('as random bytes behind a good header', () => {
    fc.assert(
      fc.property(file, bytesUpTo(300), (bytes, noise) => {
        expect(KNOWN).toContain(outcomeOf(withStream(readHeader(bytes).header, noise)));
      }),
      checked(800),
    );
  });

  it('as random bytes behind the signatures, and as random bytes alone', () => {
    const start = fc.constantFrom(
      [],
      [0xd7, 0x4c, 0x0d, 0x0a],
      [0xd7, 0xf0],
      [0xd7, 0x4c, 0x0d, 0x0a, 0, 0x10, 3, 8, 0, 20, 0, 30],
      [0xd7, 0xf0, 0x10],
    );
    fc.assert(
      fc.property(start, bytesUpTo(120), (signature, noise) => {
        expect(KNOWN).toContain(outcomeOf(Uint8Array.from([...signature, ...noise])));
      }),
      checked(2000),
    );
  });

  it('as the middle of one file behind the beginning of another', () => {
    fc.assert(
      fc.property(file, file, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        const at = Math.floor(a.length * share);
        expect(KNOWN).toContain(outcomeOf(Uint8Array.from([...a.subarray(0, at), ...b.subarray(at)])));
      }),
      checked(500),
    );
  });
});

describe('A header whose check is right and whose fields are not', () => {
  it('gives a picture or an error', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(oddHeaders, bytesUpTo(200), (fields, stream) => {
        const outcome = outcomeOf(withStream(fields, stream));
        expect(KNOWN).toContain(outcome);
        seen.add(outcome);
      }),
      checked(1500),
    );
    // A stream of noise has layers whose checks do not hold: no picture comes of it.
    for (const outcome of ['TRUNCATED', 'CORRUPT', 'LIMIT']) expect(seen).toContain(outcome);
  });
});
