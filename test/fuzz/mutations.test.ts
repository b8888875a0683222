import fc from 'fast-check';
import { inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import type { Header } from '../../src/format/header.js';
import { readHeader } from '../../src/format/read-header.js';
import { writeHeader } from '../../src/format/write-header.js';
import { checked } from '../properties/codec-rasters.js';
import { FILES, outcomeOf } from './files.js';

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
        const prefix = bytes.slice(0, layers[cut % layers.length]!.bytes);
        const { stream } = readHeader(bytes);
        if (prefix.length === stream) return;
        for (const [at, change] of changes) prefix[stream + (at % (prefix.length - stream))]! ^= change;
        expect(['picture', 'CORRUPT']).toContain(outcomeOf(prefix));
      }),
      checked(1500),
    );
  });

  it('as random bytes behind a good header', () => {
    fc.assert(
      fc.property(file, bytesUpTo(300), (bytes, noise) => {
        const { stream } = readHeader(bytes);
        expect(KNOWN).toContain(outcomeOf(Uint8Array.from([...bytes.subarray(0, stream), ...noise])));
      }),
      checked(800),
    );
  });

  it('as random bytes behind the signatures, and as random bytes alone', () => {
    const start = fc.constantFrom(
      [],
      [0xd7, 0x4c, 0x52],
      [0xd7, 0x73],
      [0xd7, 0x4c, 0x52, 0x12],
      [0xd7, 0x73, 0x10],
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
  const header: fc.Arbitrary<Header> = fc
    .record({
      compact: fc.boolean(),
      layout: fc.constantFrom('block' as const, 'channel' as const),
      channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      bitDepth: fc.constantFrom(8 as const, 16 as const),
      tiles: fc.boolean(),
      width: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 70_000 })),
      height: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 70_000 })),
      step: fc.integer({ min: 0, max: 4095 }),
      rank: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 70_000 })),
      colour: fc.tuple(
        ...([0, 1, 2].map(() => fc.integer({ min: -512, max: 511 })) as [
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
        ]),
      ),
      order: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
      layers: fc.array(fc.record({ steps: fc.integer({ min: 1, max: 30 }), size: fc.nat({ max: 40 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
      fitting: fc.boolean(),
    })
    .map(({ layers, fitting, ...fields }) => {
      // Of three channels and more a turn has two bits, of which the fourth value may be wrong.
      const codes = fitting || fields.channels < 3 ? fields.channels : 4;
      const order = fields.order.map(channel => channel % codes);
      const block = fields.layout === 'block';
      const tiles = block && fields.bitDepth === 8 && fields.tiles;
      const steps = order.length + (block ? 5 * fields.channels : 0) + (tiles ? 1 : 0);
      const list = fitting && steps > 0 ? [{ steps, size: layers[0]!.size }] : layers;
      // A compact header holds how far below the limit the rank is.
      const most = block ? 64 : Math.min(fields.width, fields.height);
      let end = 0;
      return {
        ...fields,
        rank: fields.compact ? Math.min(fields.rank, most) : fields.rank,
        tiles,
        order,
        layers: list.map(layer => ({ steps: layer.steps, end: (end += layer.size), psnr: 30 })),
        psnrAlpha: 30,
        metadata: {},
      };
    });

  it('gives a picture or an error', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(header, bytesUpTo(200), (fields, stream) => {
        const outcome = outcomeOf(Uint8Array.from([...writeHeader(fields), ...stream]));
        expect(KNOWN).toContain(outcome);
        seen.add(outcome);
      }),
      checked(1500),
    );
    expect(seen).toEqual(new Set(['picture', 'TRUNCATED', 'CORRUPT', 'LIMIT']));
  });
});
