import { blockAt, type Factor } from '../../planes/factor.js';
import { textureExponent } from '../../planes/row-weights.js';
import { EXPONENT_ORIGIN, STEPS, type Weights } from '../../planes/weights.js';
import type { Levels } from '../../planes/write.js';

/** How the steps of a picture with texture weights change with the levels that are chosen for luma. */
export interface FineSteps {
  /** By block: the steps from band 3 on in the last pass, divided by what they are now. Computed with luma, then used for chroma. */
  ratios: Float32Array;
  /** Luma as the last pass wrote it, its present levels, its weights and the code of the quantiser step. */
  luma: Factor;
  levels: Levels;
  weights: Weights;
  step: number;
}

/** The ratio of block b with the present levels of luma. */
export function ratioOf({ luma, levels, weights, step }: FineSteps, b: number): number {
  const { positions, rowWeights, fineRowWeights } = luma;
  const i = positions[b]!;
  const now = textureExponent(luma, weights, step, i, (k, at) => 2 * levels[blockAt(luma, at) * 64 + k]!);
  return STEPS[EXPONENT_ORIGIN + fineRowWeights[i]! - rowWeights[i]!]! / STEPS[EXPONENT_ORIGIN + now]!;
}
