import { encode, truncate } from 'lowrank';
import type { Basis } from '../../../src/factors/rotation.js';
import { FILES, UNWEIGHTED } from '../../fuzz/files.js';
import { draw, graphics } from '../../properties/codec-rasters.js';
import { type Fields, type Invention, inventPicture } from './invent-picture.js';
import { likely, randomOf } from './inventor.js';
import { withPlainByte } from './plain-byte.js';

const WEIGHTS = { plane0: 5, luma: 19, chroma: 8, chromaRise: 16, activity: 2, texture: 2 };
/** Powers of all eight, so that weights of rows differ from block to block. */
const STRONG = { plane0: 15, luma: 40, chroma: 31, chromaRise: 63, activity: 7, texture: 7 };

/**
 * Some rotations and predictors that cover everything that bits can say: columns rotated with themselves, channels that come later, plane
 * 0, all lags.
 */
function wildBases(channels: number, seed: number, precision = 6): Basis[] {
  const random = randomOf(seed);
  const below = (n: number): number => Math.floor(random() * n);
  return Array.from({ length: channels }, (_, c) => ({
    precision,
    rotations: Array.from({ length: c % 2 ? 0 : 12 }, (_, r) => {
      const i = below(64);
      return { i, j: r % 4 ? below(64) : i, n: below(2 ** (precision + 1)) - 2 ** precision };
    }),
    predictors: Array.from({ length: 64 }, (_, k) =>
      k && random() < 0.4
        ? {
            trust: below(64),
            terms: Array.from({ length: 1 + below(4) }, (_, t) => ({
              back: below(5),
              // Plane 0, and planes before this one or beside it, are more frequent than others.
              plane: t % 3 ? below(64) : 0,
              lag: below(64),
              weight: below(64) - 32,
            })),
          }
        : undefined,
    ),
  }));
}

interface Idea extends Omit<Invention, 'decide'> {
  seed: number;
  /** Of arbitrary bits. */
  share?: number;
}

const invented = ({ seed, share = 0.35, ...rest }: Idea): Uint8Array =>
  inventPicture({ ...rest, decide: likely(randomOf(seed), share) });

const fields = (width: number, height: number, rest: Omit<Fields, 'width' | 'height'> = {}): Fields => ({
  ...{ width, height },
  ...rest,
});

/** Invented pictures: every kind, and every rule that only bits reach. */
const INVENTED: Record<string, Idea> = {
  'grey-8': { seed: 1, fields: fields(37, 29, { channels: 1 }), layers: [5, 7, 10] },
  'grey-16': { seed: 2, fields: fields(26, 35, { channels: 1, bitDepth: 16, step: 0x480 }), layers: [5] },
  'grey-alpha-8': { seed: 3, fields: fields(33, 20, { channels: 2, weights: WEIGHTS }), layers: [10, 14] },
  'grey-alpha-16': { seed: 4, fields: fields(20, 33, { channels: 2, bitDepth: 16, weights: WEIGHTS }) },
  'rgb-8': { seed: 5, fields: fields(41, 30), layers: [15, 21, 27] },
  'rgb-16-strong-weights': {
    seed: 6,
    fields: fields(40, 25, { bitDepth: 16, weights: STRONG, step: 0x500 }),
  },
  'rgb-16': { seed: 201, share: 0.3, fields: fields(40, 40, { bitDepth: 16, step: 0x7ff }) },
  'rgb-8-strong-weights': { seed: 7, fields: fields(43, 31, { weights: STRONG }), layers: [16, 24] },
  'rgba-8': { seed: 8, fields: fields(30, 41, { channels: 4, weights: WEIGHTS, colour: [-900, 700, 55] }) },
  'rgba-16': { seed: 9, fields: fields(25, 17, { channels: 4, bitDepth: 16, colour: [1023, -1024, 1] }) },
  'coarse-step': { seed: 10, fields: fields(24, 24, { step: 0xfff }) },
  'fine-step': { seed: 11, fields: fields(24, 24, { step: 0 }) },
  'one-row': { seed: 12, fields: fields(70, 1), layers: [16] },
  'one-column': { seed: 13, fields: fields(1, 70, { weights: WEIGHTS }) },
  'one-pixel': { seed: 14, fields: fields(1, 1, { channels: 4 }) },
  'own-bases-grey': { seed: 15, fields: fields(40, 33, { channels: 1 }), bases: wildBases(1, 1, 15) },
  'own-bases-rgb': { seed: 16, fields: fields(34, 26, { weights: WEIGHTS }), bases: wildBases(3, 2) },
  'own-bases-rgba-16': {
    ...{ seed: 17, bases: wildBases(4, 3, 3) },
    fields: fields(26, 34, { channels: 4, bitDepth: 16 }),
  },
  'rank-11': { seed: 18, fields: fields(30, 20, { rank: 11 }), layers: [15] },
  'rank-1': { seed: 19, fields: fields(30, 20, { rank: 1, order: [] }) },
  // Chroma is at its band 3 before luma is at its band 1, and 3; alpha before both.
  'chroma-first': {
    seed: 20,
    fields: fields(34, 27, {
      ...{ channels: 4, weights: STRONG },
      order: [3, 3, 3, 3, 1, 1, 1, 2, 2, 0, 0, 2, 1, 0, 0, 2, 2, 2, 1, 1, 0, 0, 3, 3],
    }),
    layers: [23, 30],
  },
  // No channel has the number 3, no band follows the sixth, and the last channel has no turn at all.
  'turns-that-are-no-steps': {
    seed: 21,
    fields: fields(20, 20, { order: [3, 0, 3, 3, 0, 0, 0, 1, 0, 0, 0, 0, 3, 1, 0, 1, 3] }),
    layers: [17],
  },
  'more-turns-than-there-can-be': {
    seed: 22,
    fields: fields(9, 9, { channels: 1, rank: 5, order: claiming(9, [0, 0, 0, 0, 1]) }),
  },
  'no-turns': { seed: 23, fields: fields(50, 40, { order: [], weights: WEIGHTS }) },
  'tiles-grey': { seed: 24, fields: fields(29, 21, { channels: 1, tiles: true }), layers: [5, 6] },
  'tiles-grey-alpha': { seed: 25, fields: fields(21, 29, { channels: 2, tiles: true }) },
  'tiles-rgb': { seed: 26, fields: fields(26, 18, { tiles: true, weights: WEIGHTS }), layers: [16, 20] },
  'tiles-rgba': { seed: 27, fields: fields(17, 19, { channels: 4, tiles: true }) },
  'runs-and-bases': {
    ...{ seed: 28, share: 0.12, bases: wildBases(1, 4) },
    fields: fields(140, 36, { channels: 1, weights: WEIGHTS }),
  },
  'runs-rgb': { seed: 29, share: 0.12, fields: fields(36, 140, { weights: STRONG }) },
  'parts-rgb': {
    seed: 30,
    share: 0.03,
    fields: fields(290, 24, { part: 5, weights: WEIGHTS }),
    layers: [16, 24],
  },
  'parts-with-everything': {
    ...{ seed: 31, share: 0.03, bases: wildBases(4, 5), layers: [22] },
    fields: fields(280, 22, { channels: 4, part: 5, tiles: true, weights: STRONG }),
  },
  'parts-grey-16': {
    ...{ seed: 32, share: 0.03, layers: [5, 6] },
    fields: fields(266, 264, { channels: 1, part: 5, bitDepth: 16, rank: 6 }),
  },
  'parts-grey-alpha': {
    seed: 33,
    share: 0.04,
    fields: fields(18, 530, { channels: 2, part: 5 }),
    layers: [12],
  },
  // Wider than 32 blocks of plane 0's level, which therefore has parts as well.
  'parts-of-levels': {
    ...{ seed: 46, share: 0.02, layers: [6, 10, 17] },
    fields: fields(1100, 9, { part: 5, weights: WEIGHTS, rank: 10 }),
  },
  'parts-of-levels-grey-16': {
    ...{ seed: 47, share: 0.02, layers: [2] },
    fields: fields(7, 2060, { channels: 1, bitDepth: 16, part: 5, rank: 3 }),
  },
  // A part larger than the picture means no parts.
  'part-of-the-whole': { seed: 34, fields: fields(60, 30, { part: 9 }) },
  'channel-grey': { seed: 35, fields: fields(19, 14, { ...columns(1, 14), channels: 1 }), layers: [3, 9] },
  'channel-rgba-16': { seed: 36, fields: fields(9, 21, { ...columns(4, 9), channels: 4, bitDepth: 16 }) },
  'channel-absent-turns': {
    seed: 37,
    fields: fields(12, 12, { layout: 'channel', rank: 3, order: [3, 0, 3, 1, 1, 1, 1, 0, 3] }),
  },
  'channel-without-steps': { seed: 38, fields: fields(5, 4, { layout: 'channel', rank: 2, order: [] }) },
  'channel-steps-of-absent-channels': {
    seed: 39,
    fields: fields(5, 4, { layout: 'channel', rank: 2, order: [3, 3] }),
  },
  'compact-grey': { seed: 40, fields: fields(20, 12, { channels: 1, compact: true, order: [0, 0] }) },
  'compact-rgba': { seed: 41, fields: fields(12, 20, { ...compactOf(4), order: [0, 1, 2, 3, 0] }) },
  'compact-own-bases': {
    ...{ seed: 42, bases: wildBases(3, 6) },
    fields: fields(16, 16, { ...compactOf(3), order: [2, 1, 0, 0, 0, 1] }),
  },
  'compact-128': { seed: 43, share: 0.01, fields: fields(128, 128, { ...compactOf(2), order: [] }) },
  'no-trailer': { seed: 44, fields: fields(30, 30), prefix: true },
  extensions: {
    seed: 45,
    fields: fields(16, 16, {
      extensions: [
        ...[0, 5, 0, 4, 3, 126, 127, 3, 2].map((type, i) => ({
          ...{ type, length: 3 + i, bytes: Uint8Array.from({ length: 3 + i }, (_, n) => 40 * i + n) },
        })),
      ],
    }),
  },
};

/** Turns for a header that says that there are more. */
function claiming(length: number, turns: number[]): number[] {
  const slice = () => turns;
  return { length, slice, [Symbol.iterator]: () => turns.values() } as unknown as number[];
}

function columns(channels: number, rank: number): Partial<Fields> {
  const order = Array.from({ length: channels * rank }, (_, i) => (i * 7) % channels);
  return { layout: 'channel', rank, order, step: 0x680 };
}

function compactOf(channels: 1 | 2 | 3 | 4): Partial<Fields> {
  return { channels, compact: true, colour: [0, 0, 0], step: 0x780 };
}

/** Another minor version, which is read like this one. */
function minor(bytes: Uint8Array): Uint8Array {
  return withPlainByte(bytes, 5, 0x1f);
}

/** All pictures, by name. */
export function pictures(): Record<string, Uint8Array> {
  const out: Record<string, Uint8Array> = {};
  for (const [name, idea] of Object.entries(INVENTED)) out[name] = invented(idea);
  const named = (name: string): string => name.toLowerCase().replaceAll(' ', '-');
  for (const [name, file] of Object.entries(FILES)) out[`drawn-${named(name)}`] = file;
  for (const [name, file] of Object.entries(UNWEIGHTED)) out[`drawn-${named(name)}-psnr`] = file;
  out['drawn-parts-of-graphics'] = encode(graphics(300, 32, 4), { partSize: 256, quality: 60, effort: 2 });
  out['drawn-parts-of-edges'] = encode(draw(24, 290, 1, 16, 'edges'), { partSize: 256, quality: 60 });
  for (const layer of [1, 2]) out[`cut-after-layer-${layer}`] = cutAfter(out['rgb-8']!, layer);
  out['cut-parts'] = cutAfter(out['parts-rgb']!, 2);
  out['cut-after-tiles'] = cutAfter(out['tiles-rgb']!, 1);
  out['cut-channel'] = cutAfter(out['channel-grey']!, 2);
  out['minor-version-15'] = minor(out['rank-11']!);
  return out;
}

function cutAfter(bytes: Uint8Array, layer: number): Uint8Array {
  // Layers of invented files have the PSNRs 30, 31 and so on.
  return truncate(bytes, { psnr: 29 + layer });
}
