import type { Plane } from '../core/plane.js';
import type { Term } from '../encode/columns/factorise.js';

/** Terms added in one pass over a plane: its samples are read and written once for all of them. */
const AT_ONCE = 4;

/**
 * X += u v^T for each of the terms, or X -= u v^T if `sign` is -1. Each sum is rounded to single precision in the order of the terms, as in
 * the decoder, so that the result is the decoder's to the bit.
 */
export function addTerms(
  to: Plane,
  terms: readonly Pick<Term, 'right' | 'u' | 'v'>[],
  sign: 1 | -1 = 1,
): void {
  const used = terms.filter(({ right }) => right);
  const nothing = { u: new Float64Array(to.height), v: new Float64Array(to.width) };
  for (let i = 0; i < used.length; i += AT_ONCE) {
    const [a, b = nothing, c = nothing, d = nothing] = used.slice(i, i + AT_ONCE);
    addFour(to, [a!.u, b.u, c.u, d.u], [a!.v, b.v, c.v, d.v], sign);
  }
}

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];

function addFour(
  { width, height, data }: Plane,
  [u0, u1, u2, u3]: Four,
  [v0, v1, v2, v3]: Four,
  sign: number,
) {
  const { fround } = Math;
  for (let y = 0, p = 0; y < height; y++) {
    const a = sign * u0[y]!;
    const b = sign * u1[y]!;
    const c = sign * u2[y]!;
    const d = sign * u3[y]!;
    for (let x = 0; x < width; x++, p++)
      data[p] = fround(fround(fround(data[p]! + a * v0[x]!) + b * v1[x]!) + c * v2[x]!) + d * v3[x]!;
  }
}
