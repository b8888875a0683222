import { type CodecError, decode, encode, inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { writeHeader } from '../../src/format/write-header.js';
import { draw } from '../properties/codec-rasters.js';

const small = encode(draw(20, 20, 3, 8, 'photo'));

/** The small file with other dimensions in its header, whose check is right. */
function stretched(width: number, height: number, options: { compact?: boolean } = {}): Uint8Array {
  const { header, stream } = readHeader(small);
  const head = writeHeader({ ...header, ...options, width, height });
  return Uint8Array.from([...head, ...small.subarray(stream, small.length - 4)]);
}

/** Bytes outside and inside the heap of the engine that a call adds at its peak, as far as typed arrays go. */
function allocatedBy(run: () => void): number {
  const before = process.memoryUsage();
  run();
  const after = process.memoryUsage();
  return after.arrayBuffers - before.arrayBuffers + Math.max(0, after.heapUsed - before.heapUsed);
}

describe('Headers that ask for more pixels than the limit', () => {
  it.each([
    [65_535, 65_535],
    [65_535, 4097],
    [16_384, 16_384],
  ])('of %d x %d are refused before anything of that size is allocated', (width, height) => {
    for (const compact of [false, true]) {
      const bytes = stretched(width, height, { compact });
      const allocated = allocatedBy(() =>
        expect(() => decode(bytes)).toThrow(
          expect.objectContaining({ code: 'LIMIT', field: 'width x height' }),
        ),
      );
      expect(allocated).toBeLessThan(8e6);
    }
  });

  it('are inspected all the same: their picture is not touched', () => {
    expect(inspect(stretched(65_535, 65_535))).toMatchObject({ width: 65_535, height: 65_535 });
  });

  it('are refused from one pixel above the limit of the caller on, and taken at it', () => {
    expect(decode(small, { maxPixels: 400 }).width).toBe(20);
    expect(() => decode(small, { maxPixels: 399 })).toThrow(
      expect.objectContaining({ code: 'LIMIT', got: '20 x 20' }),
    );
  });

  it('cannot be written: the encoder has the same limit', () => {
    expect(() => encode(draw(20, 20, 3, 8, 'photo'), { maxPixels: 399 })).toThrow(
      expect.objectContaining({ code: 'LIMIT' }),
    );
  });
});

describe('Lengths that a header states', () => {
  it('of more steps, layers or metadata than there are bytes end in an error, not in an allocation', () => {
    const { header } = readHeader(small);
    const cases: [Uint8Array, CodecError['code'][]][] = [
      // A metadata block of 16 MB, of which nothing follows.
      [writeHeader({ ...header, metadata: { icc: new Uint8Array(2 ** 24) } }).slice(0, 500), ['TRUNCATED']],
      // A layer of 1 GB.
      [
        writeHeader({ ...header, layers: [{ steps: header.order.length + 15, end: 2 ** 30, psnr: 30 }] }),
        ['TRUNCATED'],
      ],
      // A grey file spends no bits on a turn: a million of them fit into a few bytes.
      [writeHeader({ ...header, channels: 1, order: new Array(1_000_000).fill(0) }), ['CORRUPT']],
      [
        writeHeader({ ...header, channels: 1, compact: true, order: new Array(1_000_000).fill(0) }),
        ['CORRUPT'],
      ],
    ];
    for (const [bytes, codes] of cases) {
      const allocated = allocatedBy(() => {
        try {
          decode(bytes);
          expect.unreachable('a picture');
        } catch (error) {
          expect(codes).toContain((error as CodecError).code);
        }
      });
      expect(allocated).toBeLessThan(8e6);
    }
  });
});
