import { type Factor, rowsOf } from '../../planes/factor.js';
import { STEPS } from '../../planes/weights.js';

/** Places of what is next to plane 0, whose steps go by the coarse exponents of rows, and where the others lie between them. */
const COARSE = [1, 2, 8, 9, 16];
const FINE = [3, 8, 10, 16, 17, 64];

/** Numbers of a channel, element k of block b at b * 64 + k, each in its own step as `of` has them, in units of D = `step`; into `out`, which may be `u`. */
export function inSteps(
  u: Float32Array,
  of: Factor,
  step: number,
  out: Float32Array = new Float32Array(u.length),
): Float32Array {
  const { positions, columnWeights, rowWeights } = of;
  const fineRowWeights = rowsOf(of, 63);
  const tables: Float64Array[] = [];
  /** The steps of all planes in rows of this exponent. */
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
    for (let n = 0; n < FINE.length; n += 2)
      for (let k = FINE[n]!, end = FINE[n + 1]!; k < end; k++) out[at + k] = u[at + k]! / fine[k]!;
  }
  return out;
}
