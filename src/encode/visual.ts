import { stepOf } from '../planes/step.js';
import type { Weights } from '../planes/weights.js';

/** The eye's weights from each quantiser step D on, coarsest first. */
const VISUAL: readonly [from: number, Pick<Weights, 'plane0' | 'luma' | 'texture'>][] = [
  [30, { plane0: 6, luma: 22, texture: 2 }],
  [14, { plane0: 5, luma: 20, texture: 2 }],
  [8, { plane0: 5, luma: 19, texture: 1 }],
  [0, { plane0: 5, luma: 17, texture: 1 }],
];

/**
 * The eye's measure at the quantiser step of a code, fitted to SSIMULACRA 2 on photographs (bench/rate-distortion.md). The coarser the
 * step, the more it forgives in fine planes, most of all in texture.
 */
export const visualWeights = (code: number): Weights => ({
  ...VISUAL.find(([from]) => stepOf(code) >= from)![1],
  chroma: 8,
  chromaRise: 16,
  activity: 2,
});
