import fc from 'fast-check';
import type { Header } from '../../src/format/header.js';
import { partsOf } from '../../src/format/ranges.js';
import { WHOLE } from '../../src/planes/factor.js';

const side = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 65_535 }));

/** Headers whose fields contradict each other and any stream. */
export const oddHeaders: fc.Arbitrary<Header> = fc
  .record({
    compact: fc.boolean(),
    layout: fc.constantFrom('block' as const, 'channel' as const),
    channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    bitDepth: fc.constantFrom(8 as const, 16 as const),
    tiles: fc.boolean(),
    width: side,
    height: side,
    step: fc.integer({ min: 0, max: 4095 }),
    rank: fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 70_000 })),
    colour: fc.tuple(
      ...([0, 1, 2].map(() => fc.integer({ min: -512, max: 511 })) as [
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
        fc.Arbitrary<number>,
      ]),
    ),
    part: fc.constantFrom(WHOLE, WHOLE, 5, 7),
    order: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
    layers: fc.array(fc.record({ steps: fc.integer({ min: 1, max: 30 }), size: fc.nat({ max: 40 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    fitting: fc.boolean(),
  })
  .map(({ layers, fitting, ...fields }) => {
    // With three or more channels a turn has two bits, of which the fourth value may be invalid.
    const codes = fitting || fields.channels < 3 ? fields.channels : 4;
    const order = fields.order.map(channel => channel % codes);
    const block = fields.layout === 'block';
    const tiles = block && fields.bitDepth === 8 && fields.tiles;
    const steps = order.length + (block ? 5 * fields.channels : 0) + (tiles ? 1 : 0);
    const list = fitting && steps > 0 ? [{ steps, size: layers[0]!.size }] : layers;
    const { compact, width, height } = fields;
    const part = block && !compact && partsOf(fields).ranges < 100 ? fields.part : WHOLE;
    const { ranges: count } = partsOf({ ...fields, part });
    let end = 0;
    return {
      ...fields,
      // The compact form has neither layouts nor depths, and another range of sides.
      ...(compact && { layout: 'block' as const, bitDepth: 8 as const, rank: 64 }),
      width: compact ? ((width - 1) & 127) + 1 : width,
      height: compact ? ((height - 1) & 127) + 1 : height,
      tiles,
      part,
      order,
      layers: list.map(layer => ({
        steps: layer.steps,
        psnr: 30,
        ranges: Array.from({ length: count }, (_, n) => ({
          end: (end += n ? layer.size >> 2 : layer.size),
          check: 0,
        })),
      })),
      sizes: [1, 1, list.length],
      psnrAlpha: 30,
      cut: !fitting,
      extensions: [],
    };
  });
