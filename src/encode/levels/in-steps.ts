import { type Factor, rowsOf } from '../../planes/factor.js';
import { STEPS } from '../../planes/weights.js';

/** Numbers of a channel, element k of block b at b * 64 + k, each in its own step as `of` has them, in units of D = `step`; into `out`, which may be `u`. */
export function inSteps(
  u: Float32Array,
  of: Factor,
  step: number,
  out: Float32Array = new Float32Array(u.length),
): Float32Array {
  const { positions, columnWeights, rowWeights, fineRowWeights } = of;
  const steps = STEPS.map(units => step * units);
  const fine = Uint8Array.from({ length: 64 }, (_, k) => (rowsOf(of, k) === rowWeights ? 0 : 1));
  for (let b = 0, at = 0; b < positions.length; b++) {
    const i = positions[b]!;
    const coarseRow = rowWeights[i]!;
    const fineRow = fineRowWeights[i]!;
    out[at] = u[at]! / steps[columnWeights[0]!]!;
    at++;
    for (let k = 1; k < 64; k++, at++)
      out[at] = u[at]! / steps[columnWeights[k]! + (fine[k] ? fineRow : coarseRow)]!;
  }
  return out;
}
