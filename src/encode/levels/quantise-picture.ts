import { plainOrder, roleOf, type Step, stepsOf } from '../../planes/schedule.js';
import type { PictureLevels } from '../../planes/write-factors.js';
import { orderOfImportance } from '../../rates/importance.js';
import { sizeOf } from '../../rates/sizes.js';
import type { Analysis } from '../analyse.js';
import { chooseInParts } from '../parts/choose-in-parts.js';
import { isLarge } from '../parts/part-of.js';
import { type Chosen, chooseLevels, type QuantiseOptions, type Start } from './choose-levels.js';

/** A picture's levels at one quantiser step, and the best order to write them in. */
export interface Quantised {
  levels: PictureLevels;
  order: number[];
  steps: Step[];
  /** About how many bits they take. */
  bits: number;
  /** See Chosen. Undefined for a picture that was quantised part by part. */
  start?: Start;
}

/** Chooses the levels of a picture, of a large one part by part, and the order of its bands. `code` is that of the quantiser step. */
export function quantisePicture(analysis: Analysis, code: number, options: QuantiseOptions): Quantised {
  const { raster, tiles } = analysis;
  const choose = isLarge(raster) && !options.compact ? chooseInParts : chooseLevels;
  const chosen: Omit<Chosen, 'channels'> = choose(analysis, code, options);
  const lastBands = chosen.levels.channels.map(({ lastBand }) => lastBand);
  return {
    levels: chosen.levels,
    ...(chosen.start && { start: chosen.start }),
    ...ordered(raster.channels, lastBands, chosen, tiles !== undefined, options),
  };
}

/** The order of importance of the chosen levels. Planes that a smaller picture needs come first. `lastBands`: see ChannelLevels. */
export function ordered(
  channels: number,
  lastBands: Uint8Array[],
  { gains, bits }: Pick<Chosen, 'gains' | 'bits'>,
  tiles: boolean,
  { rank, order: by = 'size', compact }: QuantiseOptions,
): Omit<Quantised, 'levels'> {
  const plain = stepsOf(channels, plainOrder(channels, rank), rank, false);
  const used = plain
    .map((step, i) => ({ step, gain: gains[i]!, bits: bits[i]! }))
    .filter(({ step: { thumb, channel, band } }) => !thumb && lastBands[channel]!.some(last => last >= band));
  const order = [0, 1, 2, 3].flatMap(size =>
    orderOfImportance(
      used.filter(({ step: of }) => (by === 'size' && !compact ? sizeOf(of, channels) : 0) === size),
      channels,
      c => roleOf(c, channels),
    ),
  );
  return {
    ...{ order, steps: stepsOf(channels, order, rank, tiles) },
    bits: bits.reduce((sum, n) => sum + n, 0),
  };
}
