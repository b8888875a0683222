import { encode } from 'lowrank';
import { draw } from '../../properties/codec-rasters.js';
import { assembled, inventSequence, type Parts, type SequenceInvention } from './invent-sequence.js';
import { likely, randomOf } from './inventor.js';

interface Idea extends Omit<SequenceInvention, 'decide'> {
  seed: number;
}

const invented = ({ seed, ...rest }: Idea): Parts =>
  inventSequence({ ...rest, decide: likely(randomOf(seed), 0.3) });

/** A gain for each frame of a factor. */
const gains = (...of: number[]): number[] => of;

/** The sequences of the suite, taken apart; their pictures are those of the suite, by name. */
export function sequences(pictures: Record<string, Uint8Array>): Record<string, Parts> {
  const of = (name: string): Uint8Array => pictures[name]!;
  const drawn = (seed: number): Uint8Array => encode(draw(41, 30, 3, 8, 'grain', seed), { quality: 40 });
  return {
    'frames-rgb': invented({
      ...{ seed: 1, pictures: [of('rgb-8')], frames: [true, true, false, true, true] },
      fields: { loops: 3, durations: [1, 70_000, 4000, 360_000_000, 12] },
    }),
    'frames-rgb-three-factors': invented({
      ...{ seed: 2, pictures: [drawn(1), drawn(2), drawn(3)], frames: [true, true, true, false] },
      fields: {
        gains: [gains(0, 410, -8192, 8191), [], gains(0, -900, 4095, 77)],
        // Types of both kinds, known and unknown.
        extensions: [3, 4, 0, 5].map(type => ({
          ...{ type, length: 2 + type, bytes: new Uint8Array(2 + type).fill(type) },
        })),
      },
    }),
    // The picture of the factor has weights, the frames have none.
    'frames-weighted-factor': invented({
      ...{ seed: 3, pictures: [of('rgb-8-strong-weights')], frames: [true, false, true] },
      fields: { gains: [gains(0, 100, -100)] },
    }),
    // Steps so coarse that a last bit of the residual matters.
    'frames-rgb-16-coarse': invented({
      ...{ seed: 1201, pictures: [of('rgb-16')], frames: [true, true, true], fields: { step: 0x9c0 } },
    }),
    'frames-grey': invented({
      ...{ seed: 4, pictures: [of('grey-8'), of('grey-8')], frames: [true, true] },
      fields: { gains: [gains(300, -300), gains(-2000, 2000)], step: 0x980 },
    }),
    'frames-grey-alpha-16': invented({
      ...{ seed: 5, pictures: [of('grey-alpha-16')], frames: [false, true, true] },
      fields: { gains: [gains(0, 512, 0)] },
    }),
    'frames-rgba': invented({
      ...{ seed: 6, pictures: [of('rgba-8'), of('rgba-8')], frames: [true, true] },
      fields: { gains: [[], gains(500, 0)] },
    }),
    'frames-rgba-16': invented({ seed: 7, pictures: [of('rgba-16')], frames: [true, true, true] }),
    'frames-tiles': invented({ seed: 8, pictures: [of('tiles-rgb')], frames: [true, false] }),
    'frames-layout-channel': invented({ seed: 9, pictures: [of('channel-grey')], frames: [true, true] }),
    'frames-compact': invented({ seed: 10, pictures: [of('compact-own-bases')], frames: [true, true] }),
    'frames-parts': invented({ seed: 11, pictures: [of('parts-grey-alpha')], frames: [true] }),
    'frames-one-pixel': invented({ seed: 12, pictures: [of('one-pixel')], frames: [true, true, true, true] }),
    'frames-all-silent': invented({
      ...{ seed: 13, pictures: [of('rank-11')], frames: [false, false] },
      fields: { gains: [gains(-500, 500)] },
    }),
  };
}

export const sequenceFiles = (of: Record<string, Parts>): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(of).map(([name, parts]) => [name, assembled(parts)]));
