import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRITICAL } from '../../../src/format/extension.js';
import type { Header } from '../../../src/format/header.js';
import { partsOf } from '../../../src/format/ranges.js';
import { readHeader } from '../../../src/format/read-header.js';
import { takeExtensions } from '../../../src/format/take-extensions.js';
import { writeHeader } from '../../../src/format/write-header.js';
import { WHOLE } from '../../../src/planes/factor.js';
import { stepsOf } from '../../../src/planes/schedule.js';
import { stepCode, stepOf } from '../../../src/planes/step.js';
import { checked } from '../../properties/codec-rasters.js';

const block = fc.uint8Array({ minLength: 1, maxLength: 30 });
const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 65_535 }));
const psnr = fc.oneof(fc.double({ min: 0, max: 120, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));
const bits = (count: number) => fc.nat({ max: 2 ** count - 1 });
const weights = fc.record({
  ...{ plane0: bits(4), luma: bits(6), chroma: bits(5), chromaRise: bits(6) },
  ...{ activity: bits(3), texture: bits(3) },
});
const part = fc.integer({ min: -512, max: 511 });

/** Headers that writeHeader takes. */
const headers: fc.Arbitrary<Header> = fc
  .record({
    compact: fc.boolean(),
    layout: fc.constantFrom('block' as const, 'channel' as const),
    channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    bitDepth: fc.constantFrom(8 as const, 16 as const),
    tiles: fc.boolean(),
    width: side,
    height: side,
    step: fc.integer({ min: 0, max: 4095 }),
    rank: fc.integer({ min: 1, max: 64 }),
    colour: fc.tuple(part, part, part) as fc.Arbitrary<[number, number, number]>,
    weights: fc.option(weights, { nil: undefined }),
    part: fc.constantFrom(WHOLE, 5, 6, 9),
    order: fc.array(fc.nat({ max: 3 }), { maxLength: 24 }),
    cut: fc.boolean(),
    layers: fc.array(
      fc.record({
        steps: fc.integer({ min: 1, max: 30 }),
        psnr,
        sizes: fc.array(fc.tuple(fc.nat({ max: 1e5 }), fc.nat({ max: 65_535 })), {
          minLength: 37,
          maxLength: 37,
        }),
      }),
      { minLength: 1, maxLength: 24 },
    ),
    sizes: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
    psnrAlpha: psnr,
    extensions: fc.array(
      fc
        .tuple(fc.nat({ max: CRITICAL - 1 }), block)
        .map(([type, bytes]) => ({ type, length: bytes.length, bytes })),
      { maxLength: 5 },
    ),
  })
  .filter(
    ({ layout, rank, width, height, order }) =>
      layout === 'block' || (rank <= Math.min(width, height) && order.length > 0),
  )
  .map(({ psnrAlpha, ...header }) => {
    const { channels, compact, layers } = header;
    if (compact)
      Object.assign(header, {
        ...{ layout: 'block', bitDepth: 8, tiles: false, rank: 64, cut: false },
        ...{ width: ((header.width - 1) & 127) + 1, height: ((header.height - 1) & 127) + 1 },
      });
    const tiles = header.tiles && header.layout === 'block' && header.bitDepth === 8;
    const order = header.order.map(c => c % channels).slice(0, channels * header.rank);
    const all = stepsOf(channels, order, header.rank, tiles, header.layout === 'channel').length;
    const total = header.cut ? Math.ceil(all / 2) : all;
    // As many layers as there are steps for; the last has the rest.
    let [steps, end] = [0, 0];
    const index = layers
      .filter(layer => (steps += layer.steps) - layer.steps < total)
      .map((layer, i, all) => ({ ...layer, steps: i === all.length - 1 ? total : layer.steps }));
    steps = 0;
    let part = header.layout === 'block' && !compact ? header.part : WHOLE;
    let { ranges: count } = partsOf({ ...header, part });
    if (count > 36) [part, count] = [WHOLE, 1];
    return {
      ...header,
      tiles,
      order,
      colour: channels >= 3 && !compact ? header.colour : [0, 0, 0],
      weights: header.layout === 'block' && !compact ? header.weights : undefined,
      layers: compact
        ? [{ steps: total, psnr: Number.NaN, ranges: [{ end: 0, check: 0 }] }]
        : index.map(({ psnr, sizes, ...layer }, i) => ({
            psnr,
            steps: i === index.length - 1 ? total : (steps += layer.steps),
            ranges: sizes.slice(0, count).map(([bytes, check]) => ({ end: (end += bytes), check })),
          })),
      part,
      sizes: compact ? [] : header.sizes.map(n => 1 + (n % index.length)).sort((a, b) => a - b),
      ...(!compact && !header.cut && channels % 2 === 0 && { psnrAlpha }),
      extensions: compact ? [] : header.extensions,
    };
  });

describe('The header', () => {
  it('is read as it was written, PSNR to its precision, and ends where the stream begins', () => {
    fc.assert(
      fc.property(headers, fc.uint8Array({ minLength: 2, maxLength: 30 }), (header, data) => {
        const sorted = header.layers.map(({ psnr: p }) => p).sort((a, b) => a - b);
        const written = {
          ...header,
          layers: header.layers.map((layer, i) => ({ ...layer, psnr: sorted[i]! })),
        };
        const head = writeHeader(written);
        const { header: read, stream } = readHeader(Uint8Array.from([...head, ...data]));
        takeExtensions(data, read.extensions, true, 0);
        for (const [i, { type, bytes }] of header.extensions.entries())
          if (type % 2 === 0) expect(read.extensions[i]!.bytes).toEqual(bytes);
          else read.extensions[i]!.bytes = bytes;
        if (header.compact) written.layers[0]!.ranges[0]!.end = head.length + data.length - stream;
        // A coder that continues has read two bytes ahead.
        expect(stream).toBe(head.length + (header.compact ? 2 : 0));
        const { layers, psnrAlpha, ...fields } = read;
        expect({ ...fields, layers: written.layers, psnrAlpha: written.psnrAlpha }).toEqual(written);
        expect(layers.map(({ steps, ranges }) => [steps, ranges])).toEqual(
          written.layers.map(({ steps, ranges }) => [steps, ranges]),
        );
        const near = (a: number, b: number, within: number): void => {
          if (!Number.isFinite(b)) expect(a).toBe(b);
          else expect(Math.abs(a - b)).toBeLessThanOrEqual(within);
        };
        for (const [i, layer] of layers.entries()) near(layer.psnr, sorted[i]!, 1 / 200 + 1e-9);
        for (const [i, layer] of layers.slice(1).entries())
          expect(layer.psnr).toBeGreaterThanOrEqual(layers[i]!.psnr);
        expect(psnrAlpha === undefined).toBe(written.psnrAlpha === undefined);
        near(psnrAlpha ?? 0, written.psnrAlpha ?? 0, 1 / 200 + 1e-9);
      }),
      checked(300),
    );
  });

  it('can mark layers before the last as exact, too', () => {
    const layers = [20, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY].map((value, i) => ({
      steps: [3, 6, 7][i]!,
      psnr: value,
      ranges: [{ end: 40 * (i + 1), check: 0 }],
    }));
    const header: Header = {
      compact: false, layout: 'block', channels: 1, bitDepth: 8, tiles: false, width: 9, height: 9, step: 99, rank: 64, colour: [0, 0, 0],
      part: WHOLE, order: [0, 0], cut: false, layers, sizes: [1, 2, 3], psnrAlpha: 0, extensions: [],
    }; // biome-ignore format: the fields in their order
    const read = readHeader(writeHeader(header)).header.layers.map(layer => layer.psnr);
    expect(read).toEqual([20, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('The quantiser step', () => {
  it('rises with its code from 1/64 to 1,022, by at most 1/256', () => {
    expect(stepOf(0)).toBe(1 / 64);
    expect(stepOf(4095)).toBe(1022);
    for (let code = 1; code < 4096; code++) {
      const ratio = stepOf(code) / stepOf(code - 1);
      expect(ratio).toBeGreaterThan(1);
      expect(ratio).toBeLessThanOrEqual(1 + 1 / 256);
    }
  });

  it('has the code of the nearest step from below, clamped to what can be stored', () => {
    for (let code = 0; code < 4096; code += 7) {
      expect(stepCode(stepOf(code))).toBe(code);
      expect(stepCode(stepOf(code) * 1.0001)).toBe(code);
    }
    expect(stepCode(1e-9)).toBe(0);
    expect(stepCode(1e9)).toBe(4095);
  });
});
