import { plainOrder, roleOf, type Step, stepsOf } from '../../planes/schedule.js';
import type { PictureLevels } from '../../planes/write-factors.js';
import { orderOfImportance } from '../../rates/importance.js';
import { sizeOf } from '../../rates/sizes.js';
import type { Analysis } from '../analyse.js';
import { chooseInParts } from '../parts/choose-in-parts.js';
import { isLarge } from '../parts/part-of.js';
import { type Chosen, chooseLevels, type QuantiseOptions } from './choose-levels.js';

/** A picture's levels at one quantiser step, and the order in which they are best written. */
export interface Quantised {
  levels: PictureLevels;
  order: number[];
  steps: Step[];
  /** What they take, about. */
  bits: number;
}

/** Chooses the levels of a picture, of a large one part by part, and the order of its bands. `code` is that of the quantiser step. */
export const quantisePicture = (analysis: Analysis, code: number, options: QuantiseOptions): Quantised =>
  ordered(
    analysis,
    isLarge(analysis.raster) && !options.compact
      ? chooseInParts(analysis, code, options)
      : chooseLevels(analysis, code, options),
    options,
  );

/** The order of importance of what has been chosen; planes that a smaller picture is made of come before all others. */
export function ordered(
  { raster: { channels }, tiles }: Analysis,
  { levels, gains, bits }: Omit<Chosen, 'channels'>,
  { rank, order: by = 'size', compact }: QuantiseOptions,
): Quantised {
  const plain = stepsOf(channels, plainOrder(channels, rank), rank, false);
  const used = plain
    .map((step, i) => ({ step, gain: gains[i]!, bits: bits[i]! }))
    .filter(
      ({ step: { thumb, channel, band } }) =>
        !thumb && levels.channels[channel]!.lastBand.some(last => last >= band),
    );
  const order = [0, 1, 2, 3].flatMap(size =>
    orderOfImportance(
      used.filter(({ step: of }) => (by === 'size' && !compact ? sizeOf(of, channels) : 0) === size),
      channels,
      c => roleOf(c, channels),
    ),
  );
  return {
    ...{ levels, order, steps: stepsOf(channels, order, rank, tiles !== undefined) },
    bits: bits.reduce((sum, n) => sum + n, 0),
  };
}
