import { type Factor, rowsOf } from '../../planes/factor.js';
import { ORDER8 } from '../../planes/order.js';
import { COARSE } from '../../planes/row-weights.js';
import { STEPS } from '../../planes/weights.js';

/** The planes that are neither plane 0 nor COARSE, in rising order. */
const FINE = ORDER8.slice(1 + COARSE.length).sort();

/**
 * Divides the numbers of a channel, element k of block b at b * 64 + k, by their own steps in `factor`, in units of D = `step`. Writes into
 * `out`, which may be `u`.
 */
export function inSteps(
  u: Float32Array,
  factor: Factor,
  step: number,
  out: Float32Array = new Float32Array(u.length),
): Float32Array {
  const { positions, columnWeights, rowWeights } = factor;
  const fineRowWeights = rowsOf(factor, 63);
  const tables: Float64Array[] = [];
  /** The steps of all planes in rows with this exponent. */
  const stepsOf = (exponent: number): Float64Array =>
    (tables[exponent + 64] ??= Float64Array.from(columnWeights, column => step * STEPS[column + exponent]!));
  const first = stepsOf(0)[0]!;
  for (let b = 0, at = 0; b < positions.length; b++, at += 64) {
    const i = positions[b]!;
    const coarse = stepsOf(rowWeights[i]!);
    const fine = stepsOf(fineRowWeights[i]!);
    out[at] = u[at]! / first;
    for (let n = 0; n < COARSE.length; n++) {
      const k = COARSE[n]!;
      out[at + k] = u[at + k]! / coarse[k]!;
    }
    for (let n = 0; n < FINE.length; n++) {
      const k = FINE[n]!;
      out[at + k] = u[at + k]! / fine[k]!;
    }
  }
  return out;
}
