import fc from 'fast-check';
import {
  type CodecError,
  createDecoder,
  decode,
  encode,
  inspect,
  inspectFactors,
  type Picture,
  truncate,
} from 'lowrank';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../src/bits/range-decoder.js';
import { decode as decodeModules } from '../../src/decode/index.js';
import { extensionsOf } from '../../src/format/extension.js';
import type { Header } from '../../src/format/header.js';
import { endOf } from '../../src/format/ranges.js';
import { readHeader } from '../../src/format/read-header.js';
import { writeHeader } from '../../src/format/write-header.js';
import { WHOLE } from '../../src/planes/factor.js';
import { draw } from '../properties/codec-rasters.js';
import { withHeader, withStream } from './files.js';
import { oddHeaders } from './headers.js';

const small = encode(draw(20, 20, 3, 8, 'photo'));

/** The small file with other dimensions in its header, and a correct check. */
const stretched = (width: number, height: number): Uint8Array => withHeader(small, { width, height });

/** Bytes inside and outside the heap of the engine that a call adds at its peak, as far as typed arrays are concerned. */
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
    const bytes = stretched(width, height);
    const allocated = allocatedBy(() =>
      expect(() => decode(bytes)).toThrow(
        expect.objectContaining({ code: 'LIMIT', field: 'width x height' }),
      ),
    );
    expect(allocated).toBeLessThan(8e6);
  });

  it('can still be inspected: their picture is not touched', () => {
    expect(inspect(stretched(65_535, 65_535))).toMatchObject({ width: 65_535, height: 65_535 });
  });

  it('are refused from one pixel above the limit of the caller, and accepted at the limit', () => {
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
  it('of steps, layers or metadata beyond the bytes of the file cause an error, not an allocation', () => {
    const { header } = readHeader(small);
    const cases: [Uint8Array, CodecError['code'][]][] = [
      // A metadata block of 16 MB without its bytes.
      [
        writeHeader({ ...header, extensions: extensionsOf({ icc: new Uint8Array(2 ** 24) }) }).slice(0, 500),
        ['TRUNCATED'],
      ],
      // A layer of 1 GB.
      [
        writeHeader({
          ...header,
          layers: [{ steps: header.order.length + 15, psnr: 30, ranges: [{ end: 2 ** 30, check: 0 }] }],
        }),
        ['TRUNCATED'],
      ],
      // A grey file spends no bits on a turn: a million of them fit into a few bytes.
      [
        writeHeader({ ...header, channels: 1, order: new Array(1_000_000).fill(0) }),
        ['TRUNCATED', 'CORRUPT'],
      ],
      [
        writeHeader({ ...header, channels: 1, compact: true, order: new Array(1_000_000).fill(0) }),
        ['TRUNCATED', 'CORRUPT'],
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

describe('A small file of layout `channel` that would take hours', () => {
  /** 8000 x 8000 pixels, 2,800 columns, and hardly any bytes. */
  const header: Header = {
    ...readHeader(encode(draw(9, 9, 4, 8, 'photo'), { layout: 'channel' })).header,
    ...{ width: 8000, height: 8000, rank: 8000, order: new Array(2800).fill(0) },
    layers: [{ steps: 2800, psnr: 30, ranges: [{ end: 4, check: 0 }] }],
  };
  const bytes = withStream(header, new Uint8Array(4), true);

  it('is refused by every reader, before work begins', () => {
    expect(bytes.length).toBeLessThan(100);
    const error = expect.objectContaining({ code: 'LIMIT', field: 'products' });
    const decoder = createDecoder();
    decoder.push(bytes);
    for (const use of [
      decode,
      inspect,
      inspectFactors,
      () => truncate(bytes, { rank: 1 }),
      () => decoder.picture(),
    ])
      expect(() => use(bytes)).toThrow(error);
  });

  it('is accepted, and has too few bytes, if the caller allows it', () => {
    const smaller = withStream({ ...header, width: 700, height: 700, rank: 700 }, new Uint8Array(4), true);
    expect(() => decode(smaller)).toThrow(expect.objectContaining({ field: 'products' }));
    expect(() => decode(smaller, { maxProducts: Infinity })).toThrow(
      expect.objectContaining({ code: 'CORRUPT', field: 'stream' }),
    );
  });
});

describe('A limit on memory', () => {
  it('refuses what needs more, before allocating it', () => {
    expect(decode(small, { maxMemory: 2e7 }).width).toBe(20);
    expect(() => decode(stretched(4000, 4000), { maxMemory: 1e9 })).toThrow(
      expect.objectContaining({ code: 'LIMIT', field: 'memory' }),
    );
  });

  it('refuses everything if it is NaN, and so does a limit on products', () => {
    for (const field of ['memory', 'products'])
      for (const got of [Number.NaN, 'much', {}])
        expect(() => decode(small, { [field === 'memory' ? 'maxMemory' : 'maxProducts']: got })).toThrow(
          expect.objectContaining({ code: 'LIMIT', field, expected: expect.stringContaining(`${got}`) }),
        );
  });

  it('is above what a decoder takes', () => {
    for (const [width, height, channels] of [
      [300, 200, 4],
      [3, 2000, 3],
      [2000, 3, 1],
    ] as const) {
      const raster = draw(width, height, channels, 8, 'photo');
      const bytes = encode(raster, { effort: 1 });
      const memory = 2 ** 24 + 24 * channels * 64 * (Math.ceil(width / 8) + 4) * (Math.ceil(height / 8) + 4);
      expect(() => decode(bytes, { maxMemory: memory - 1 })).toThrow(/LIMIT: memory/);
      const made = arraysMadeBy(() => decode(bytes, { maxMemory: memory }));
      expect(made, `${width} x ${height} x ${channels}`).toBeGreaterThan(width * height * channels);
      // What does not grow with the picture takes far less than the 16 MiB allowed for it.
      expect(made, `${width} x ${height} x ${channels}`).toBeLessThan(memory - 2 ** 23);
    }
  });
});

describe('A thousand small files with random headers', () => {
  it('cost no more than their bytes and pixels allow', () => {
    let decoded = 0;
    fc.assert(
      fc.property(
        oddHeaders,
        fc.boolean(),
        fc.uint8Array({ maxLength: 1000, size: 'max' }),
        (odd, small, noise) => {
          // All bytes belong to the last layer. Half of the pictures are so small that noise can decode.
          const ranges = odd.layers[0]!.ranges.map(({ check }, n, { length }) => ({
            end: Math.floor((noise.length * (n + 1)) / length),
            check,
          }));
          const layer = { steps: odd.layers.at(-1)!.steps, psnr: 30, ranges };
          const [width, height] = small ? [odd.width % 16, odd.height % 16] : [odd.width, odd.height];
          const header = { ...odd, width: width || 1, height: height || 1, layers: [layer] };
          if (small) Object.assign(header, { part: WHOLE, layers: [{ ...layer, ranges: ranges.slice(-1) }] });
          if (small && header.layout === 'channel')
            header.rank = Math.min(header.rank, width || 1, height || 1);
          const bytes = withStream(header, noise);
          let picture: Picture | undefined;
          const bits = bitsTakenBy(() => {
            try {
              picture = decodeModules(bytes, { maxPixels: 1 << 16, tolerant: true });
            } catch (error) {
              if ((error as Error).name !== 'CodecError') throw error;
            }
          });
          expect(bits).toBeLessThanOrEqual(7600 * (bytes.length + 8));
          if (!picture) return;
          decoded++;
          const read = readHeader(bytes).header;
          if (read.layout === 'block') return;
          const { steps } = read.layers.at(-1)!;
          const end = endOf(read.layers.at(-1)!);
          const area = read.width * read.height;
          expect(steps * area).toBeLessThanOrEqual(64 * read.channels * area + 32_768 * end);
        },
      ),
      { seed: 14, numRuns: 1000 },
    );
    expect(decoded).toBeGreaterThan(20);
  });
});

/** Bits that range decoders have returned. */
function bitsTakenBy(run: () => void): number {
  let bits = 0;
  const { bit } = RangeDecoder.prototype;
  RangeDecoder.prototype.bit = function (p) {
    bits++;
    return bit.call(this, p);
  };
  try {
    run();
  } finally {
    RangeDecoder.prototype.bit = bit;
  }
  return bits;
}

const ARRAYS = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const;

/** Bytes of all typed arrays that are created, short-lived ones included. */
function arraysMadeBy(run: () => void): number {
  let bytes = 0;
  const global = globalThis as Record<string, unknown>;
  const kept = ARRAYS.map(name => global[name]);
  const typed = Object.getPrototypeOf(Int32Array.prototype) as Int32Array;
  const { slice, map } = typed;
  for (const name of ARRAYS)
    global[name] = new Proxy(globalThis[name], {
      construct(target, args, made) {
        const array = Reflect.construct(target, args, made) as Uint8Array;
        if (!(args[0] instanceof ArrayBuffer)) bytes += array.byteLength;
        return array;
      },
    });
  const counted = <A extends unknown[]>(method: (...args: A) => Int32Array) =>
    function (this: Int32Array, ...args: A): Int32Array {
      const array = method.apply(this, args);
      bytes += array.byteLength;
      return array;
    };
  Object.assign(typed, { slice: counted(slice), map: counted(map) });
  try {
    run();
  } finally {
    ARRAYS.forEach((name, i) => {
      global[name] = kept[i];
    });
    Object.assign(typed, { slice, map });
  }
  return bytes;
}
