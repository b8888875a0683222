import type { Extension } from '../../../src/format/extension.js';
import type { Header, Layer } from '../../../src/format/header.js';
import { endOf, partsOf } from '../../../src/format/ranges.js';
import { WHOLE } from '../../../src/planes/factor.js';
import type { Random } from '../random.js';

type Change = (header: Header, random: Random) => Partial<Header>;

const side = (random: Random): number =>
  random.pick([
    1 + random.below(9),
    1 + random.below(80),
    1 + random.small(2000),
    random.pick([65_535, 0, 256, 257]),
  ]);

const bits = (random: Random, count: number): number => random.below(2 ** count);

/** A list without `count` of its items from `at` on, and with others in their place. */
const spliced = <T>(of: readonly T[], at: number, count: number, more: readonly T[] = []): T[] => [
  ...of.slice(0, at),
  ...more,
  ...of.slice(at + count),
];

/** Changes one field: to its bounds, next to what it was, or to contradict others. */
const FIELDS: Record<string, Change> = {
  width: (_, random) => ({ width: side(random) }),
  height: (_, random) => ({ height: side(random) }),
  channels: (_, random) => ({ channels: random.pick([1, 2, 3, 4] as const), psnrAlpha: 30 }),
  bitDepth: ({ bitDepth }) => ({ bitDepth: bitDepth === 8 ? 16 : 8 }),
  layout: ({ layout, width, height, rank }) =>
    layout === 'block'
      ? { layout: 'channel', part: WHOLE, rank: Math.max(1, Math.min(rank, width, height)) }
      : { layout: 'block', rank: Math.min(64, rank) },
  tiles: ({ tiles }) => ({ tiles: !tiles }),
  step: (_, random) => ({ step: random.pick([0, 4095, bits(random, 12)]) }),
  rank: ({ layout, width, height }, random) => ({
    rank: 1 + random.below(layout === 'block' ? 64 : Math.max(1, Math.min(width, height))),
  }),
  colour: (_, random) => ({
    colour: [0, 1, 2].map(() => random.pick([-1024, 1023, 0, bits(random, 11) - 1024])) as Header['colour'],
  }),
  weights: ({ weights }, random) => ({
    weights:
      weights && random.chance(0.3)
        ? undefined
        : {
            plane0: bits(random, 4),
            luma: bits(random, 6),
            chroma: bits(random, 5),
            chromaRise: bits(random, 6),
            activity: bits(random, 3),
            texture: bits(random, 3),
          },
  }),
  part: (_, random) => ({ part: random.pick([WHOLE, 5, 5, 6, 7, 15]) }),
  order: ({ order, rank, channels }, random) => {
    const at = random.below(order.length + 1);
    const turns = Array.from({ length: random.pick([0, 1, 3, 40, rank * channels + 3]) }, () =>
      random.below(4),
    );
    return random.chance(0.7)
      ? { order: spliced(order, at, random.below(4), turns.slice(0, 300)) }
      : { order: order.map(turn => (random.chance(0.2) ? random.below(4) : turn)) };
  },
  cut: ({ cut }) => ({ cut: !cut, psnrAlpha: 30 }),
  sizes: ({ layers }, random) => {
    const sizes = [0, 1, 2].map(() => 1 + random.below(layers.length + 3));
    return { sizes: sizes.sort((a, b) => a - b) };
  },
  layers: ({ layers }, random) => ({ layers: changedLayers(layers, random) }),
  extensions: ({ extensions }, random) => ({ extensions: changedExtensions(extensions, random) }),
};

/**
 * Layers removed, doubled, longer, shorter, empty, or with other steps. Their ends and steps stay in order, since an index cannot say
 * anything else.
 */
function changedLayers(layers: readonly Layer[], random: Random): Layer[] {
  let changed = layers.map(({ ranges, ...rest }) => ({
    ...rest,
    ranges: ranges.map(range => ({ ...range })),
  }));
  const at = random.below(changed.length);
  const { ranges } = changed[at]!;
  switch (random.below(6)) {
    case 0:
      if (changed.length > 1) changed = spliced(changed, at, 1);
      break;
    case 1:
      changed = spliced(changed, at, 0, [{ ...changed[at]!, ranges: ranges.map(range => ({ ...range })) }]);
      break;
    case 2:
      random.pick(ranges).end += random.between(-9, 9);
      break;
    case 3:
      random.pick(ranges).end = random.pick([0, endOf(changed.at(-1)!), 2 ** 30]);
      break;
    case 4:
      changed[at]!.steps += random.between(-3, 3);
      break;
    default:
      changed[at]!.psnr = random.pick([0, 99, Number.POSITIVE_INFINITY]);
  }
  return inOrder(changed);
}

/** The same with ends, steps and PSNR in rising order. */
function inOrder(layers: Layer[]): Layer[] {
  let end = 0;
  let psnr = 0;
  let steps = 0;
  return layers.map(layer => ({
    steps: (steps = Math.max(steps + 1, layer.steps)),
    psnr: (psnr = Math.max(psnr, layer.psnr || 0)),
    ranges: layer.ranges.map(range => ({ ...range, end: (end = Math.max(end, range.end)) })),
  }));
}

function changedExtensions(extensions: readonly Extension[], random: Random): Extension[] {
  const bytes = random.bytes(random.pick([0, 1, 4, 50, random.below(3000)]));
  const type = random.pick([0, 1, 2, 3, 4, 5, 127, 128, 255, random.below(256)]);
  const times = random.chance(0.1) ? 200 : 1;
  const more = new Array<Extension>(times).fill({ type, length: bytes.length, bytes });
  return spliced(extensions, random.below(extensions.length + 1), random.below(2), more);
}

/** As many ranges in each layer as the picture has parts; so many that a file would become large are left out. */
function fitted(header: Header): Header {
  const count = Math.min(200, partsOf(header).ranges);
  if (header.compact || header.layers.every(({ ranges }) => ranges.length === count)) return header;
  let from = 0;
  const layers = header.layers.map(layer => {
    const [begin, size] = [from, endOf(layer) - from];
    from = endOf(layer);
    const ranges = Array.from({ length: count }, (_, n) => ({
      end: begin + Math.floor((size * (n + 1)) / count),
      check: 0,
    }));
    return { ...layer, ranges };
  });
  return { ...header, layers };
}

/** A header with one or a few changed fields. */
export function changeHeader(header: Header, random: Random): Header {
  let changed = header;
  for (let times = 1 + random.small(4); times--; )
    changed = { ...changed, ...random.pick(Object.values(FIELDS))(changed, random) };
  const block = changed.layout === 'block';
  // Values that no bits can represent are not written.
  changed = {
    ...changed,
    tiles: changed.tiles && block && changed.bitDepth === 8,
    rank: Math.min(changed.rank, block ? 64 : Math.max(1, Math.min(changed.width, changed.height))),
    part: block ? changed.part : WHOLE,
  };
  return random.chance(0.9) ? fitted(changed) : changed;
}
