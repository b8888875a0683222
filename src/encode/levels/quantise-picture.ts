import { plainOrder, roleOf, type Step, stepsOf } from '../../planes/schedule.js';
import type { PictureLevels } from '../../planes/write-factors.js';
import { orderOfImportance } from '../../rates/importance.js';
import { sizeOf } from '../../rates/sizes.js';
import type { Analysis } from '../analyse.js';
import { chooseInParts } from '../parts/choose-in-parts.js';
import { isLarge } from '../parts/part-of.js';
import { type Chosen, chooseLevels, type QuantiseOptions, type Start } from './choose-levels.js';

/** A picture's levels at one quantiser step, and the order in which they are best written. */
export interface Quantised {
  levels: PictureLevels;
  order: number[];
  steps: Step[];
  /** What they take, about. */
  bits: number;
  /** See Chosen. Undefined where a picture was worked on part by part as well. */
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

/** The order of importance of what has been chosen; planes that a smaller picture is made of come before all others. `lastBands`: see ChannelLevels. */
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
