import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import { colourCount } from '../../core/raster.js';
import { giveBack } from '../../core/spare.js';
import {
  channelOf,
  channelsOf,
  factorsIn,
  innerOf,
  type StoredPicture,
  settle,
} from '../../parts/compose.js';
import type { Window } from '../../planes/factors.js';
import type { Step } from '../../planes/schedule.js';
import { stepOf } from '../../planes/step.js';
import type { Sample } from '../../restore/design.js';
import type { ChannelFilter } from '../../restore/filter.js';
import { restore } from '../../restore/restore.js';
import { errorsOf } from '../layers/errors-of.js';
import { noRanks, takeLayer } from '../layers/take-layer.js';
import { type LargePicture, planesIn, rasterIn } from './large-picture.js';

/** The data from which the layers of a large picture are measured, once it has been written, and where the squared errors go. */
export interface MeasureWork {
  picture: LargePicture;
  stored: StoredPicture;
  parts: Window[];
  filters: (ChannelFilter | undefined)[];
  /** The steps of each layer but the last, which has all. */
  layers: Step[][];
  /** By part and layer: sums of squared errors of colour and of alpha. */
  errors: Float64Array;
}

/** Measures the layers of part n. */
export function measurePart(work: MeasureWork, n: number): void {
  const { picture, stored, parts, layers, filters, errors } = work;
  const { colour, weights } = picture;
  const window = parts[n]!;
  const raster = rasterIn(picture.raster, window);
  const basis = colourBasis(colour, weights);
  const windowed = factorsIn(stored, window);
  const ranks = noRanks(stored.levels.length);
  const put = (planes: Plane[], layer: number): void => {
    const mean = errorsOf(raster, innerOf(planes, windowed.shown, window), basis);
    const pixels = raster.width * raster.height;
    const sums = [mean.colour * pixels * colourCount(raster.channels), (mean.alpha ?? 0) * pixels];
    errors.set(sums, 2 * (n * (layers.length + 1) + layer));
  };
  const planes: Plane[] = [];
  for (const [layer, steps] of layers.entries()) {
    const { changed, settled } = takeLayer(ranks, steps, layer === 0);
    for (const c of settled) settle(stored, windowed, c, ranks.levels[c]);
    for (const c of changed) {
      if (planes[c]) giveBack(planes[c]);
      planes[c] = channelOf(stored, windowed, c, ranks.channels[c]!);
    }
    put(planes, layer);
  }
  giveBack(...planes);
  const last = channelsOf(stored, windowed);
  restore(last.planes, last.coded, stepOf(stored.shape.step), filters, weights !== undefined);
  put(last.planes, layers.length);
  giveBack(...last.planes);
}

/** A sample to design filters on: a window decoded without filters, and its original. */
export function sampleOf(picture: LargePicture, stored: StoredPicture, window: Window): Sample {
  const windowed = factorsIn(stored, window);
  const originals = planesIn(picture, windowed.shown).slice(0, colourCount(picture.raster.channels));
  return { ...channelsOf(stored, windowed), originals };
}
