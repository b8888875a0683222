import { colourCount, hasAlpha } from '../../core/raster.js';
import { roomFor } from '../../core/room.js';
import type { Mse } from '../../metrics/mse.js';
import type { Step } from '../../planes/schedule.js';
import type { Draft } from '../layers/layers.js';
import { LAYER_WORK, type Work } from '../work.js';
import { eachPart } from './each-part.js';
import type { MeasureWork } from './measure-part.js';

/** Mean squared errors after each of these layers, and of the whole file. */
export function measureInParts(
  work: Omit<MeasureWork, 'layers' | 'errors'>,
  layers: Draft[],
  steps: Step[],
  tell?: Work,
): Pick<Mse, 'colour' | 'alpha'>[] {
  const { parts, picture } = work;
  const { width, height, channels } = picture.raster;
  const count = layers.length + 1;
  const errors = new Float64Array(roomFor(16 * parts.length * count));
  const ofLayer = layers.map((layer, n) => steps.slice(n && layers[n - 1]!.steps, layer.steps));
  eachPart({ measure: { ...work, layers: ofLayer, errors } }, tell, 1 + layers.length * LAYER_WORK);
  const sum = (at: number): number => parts.reduce((sum, _, n) => sum + errors[2 * n * count + at]!, 0);
  const pixels = width * height;
  return Array.from({ length: count }, (_, n) => ({
    colour: sum(2 * n) / (pixels * colourCount(channels)),
    ...(hasAlpha(channels) && { alpha: sum(2 * n + 1) / pixels }),
  }));
}
