import { extendPlane0 } from '../../planes/dc.js';
import { type Factor, stepAt } from '../../planes/factor.js';
import type { Shape } from '../../planes/factors.js';
import { activityRows, COARSE, textureRows } from '../../planes/row-weights.js';
import { stepOf } from '../../planes/step.js';

/**
 * Gives the colour channels the row weights that they would have if luma, `u`, were coded without loss. The first levels are chosen by
 * these.
 */
export function weighRows(channels: Factor[], u: Float32Array, { weights, step }: Shape): void {
  if (!weights) return;
  const luma = channels[0]!;
  const { places, values } = luma;
  putPlane(luma, u, 0, stepOf(step));
  extendPlane0(luma);
  luma.rowWeights = activityRows(luma, weights, step);
  for (const k of COARSE) putPlane(luma, u, k, stepOf(step));
  luma.fineRowWeights = textureRows(luma, weights, step);
  for (const factor of channels) Object.assign(factor, pick(luma));
  for (const k of [0, ...COARSE]) values.fill(0, k * places, (k + 1) * places);
}

/** Writes plane k of U into a factor, in half steps. */
function putPlane(factor: Factor, u: Float32Array, k: number, step: number): void {
  const { positions, places, values } = factor;
  for (let b = 0; b < positions.length; b++) {
    const i = positions[b]!;
    values[k * places + i] = Math.round((2 * u[b * 64 + k]!) / (step * stepAt(factor, i, k)));
  }
}

const pick = ({ rowWeights, fineRowWeights }: Factor) => ({ rowWeights, fineRowWeights });
