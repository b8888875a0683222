import { describe, expect, it } from 'vitest';
import { multiply } from '../../../src/algebra/multiply.js';
import { principalComponentPursuit } from '../../../src/algebra/pursuit.js';
import { random } from '../../../src/algebra/random.js';
import { svd } from '../../../src/algebra/svd.js';
import { transpose } from '../../../src/algebra/transpose.js';
import { type Matrix, matrix } from '../../../src/core/matrix.js';

/** A product of two random factors, and errors of +-`size` in a share of its entries. */
function corrupted(rows: number, cols: number, rank: number, share: number, size: number, seed: number) {
  const next = random(seed);
  const bell = (): number => (next() + next() + next() + next() - 2) * Math.sqrt(3);
  const factor = (n: number): Matrix => matrix(n, rank, Float64Array.from({ length: n * rank }, bell));
  const low = multiply(factor(rows), transpose(factor(cols)));
  const errors = Float64Array.from(low.data, () => (next() < share ? (next() < 0.5 ? -size : size) : 0));
  const whole = matrix(
    rows,
    cols,
    low.data.map((value, i) => value + errors[i]!),
  );
  return { low, errors, whole };
}

function distance(a: Float64Array, b: Float64Array): number {
  let [sum, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    sum += (a[i]! - b[i]!) ** 2;
    size += b[i]! ** 2;
  }
  return Math.sqrt(sum / size);
}

describe('Principal component pursuit', () => {
  it.each([
    1, 2, 3,
  ])('recovers 200 x 200 of rank 10 under a tenth of gross errors exactly (seed %i)', seed => {
    const { low, errors, whole } = corrupted(200, 200, 10, 0.1, 40, seed);
    const found = principalComponentPursuit(whole);
    expect(found.rank).toBe(10);
    expect(distance(found.low.data, low.data)).toBeLessThan(1e-5);
    expect(distance(found.sparse.data, errors)).toBeLessThan(1e-5);
    expect(found.residual).toBeLessThanOrEqual(1e-7);
  });

  it('fulfils the conditions of optimality: a matrix that is a subgradient of both norms', () => {
    // Y = U V^T + W with U^T W = W V = 0 and |W| <= 1; Y = lambda sign(S) where S is not 0, |Y| <= lambda elsewhere. A matrix recovered to
    // 1e-9 has this certificate in the dual; here it is rebuilt by least squares on the tangent spaces.
    const { low, errors, whole } = corrupted(120, 120, 2, 0.03, 20, 7);
    const { low: l, sparse: s } = principalComponentPursuit(whole, { tolerance: 1e-10 });
    expect(distance(l.data, low.data)).toBeLessThan(1e-7);
    const lambda = 1 / Math.sqrt(120);
    const { u, v } = svd(l);
    const cut = (m: Matrix): Matrix => ({ ...m, cols: 2 });
    const [u2, v2] = [cut(u), cut(v)];
    const signs = multiply(u2, transpose(v2)); // U V^T
    const onSupport = (i: number): boolean => errors[i] !== 0;
    expect(s.data.every((value, i) => Math.abs(value) > 1e-3 === onSupport(i))).toBe(true);
    // alternate projections: Y = lambda sign(S) on the support, P_T Y = U V^T
    const y = matrix(120, 120);
    for (let step = 0; step < 300; step++) {
      for (let i = 0; i < y.data.length; i++) if (onSupport(i)) y.data[i] = lambda * Math.sign(errors[i]!);
      const uu = multiply(u2, multiply(transpose(u2), y));
      const vv = multiply(multiply(y, v2), transpose(v2));
      const both = multiply(u2, multiply(transpose(u2), vv));
      for (let i = 0; i < y.data.length; i++)
        y.data[i] = y.data[i]! + signs.data[i]! - (uu.data[i]! + vv.data[i]! - both.data[i]!);
    }
    const w = matrix(
      120,
      120,
      y.data.map((value, i) => value - signs.data[i]!),
    );
    expect(svd(w).s[0]).toBeLessThan(1);
    const off = y.data.filter((_, i) => !onSupport(i));
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(lambda);
    const on = y.data.map((value, i) => (onSupport(i) ? value - lambda * Math.sign(errors[i]!) : 0));
    expect(Math.max(...on.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('gives the same for wide and for tall matrices', () => {
    const { low, whole } = corrupted(60, 500, 1, 0.05, 10, 4);
    const wide = principalComponentPursuit(whole);
    expect(wide.rank).toBe(1);
    expect(distance(wide.low.data, low.data)).toBeLessThan(1e-5);
    const tall = principalComponentPursuit(transpose(whole));
    expect(distance(transpose(tall.low).data, wide.low.data)).toBeLessThan(1e-12);
  });

  it('leaves zero unchanged and refuses values out of range', () => {
    expect(principalComponentPursuit(matrix(3, 4))).toMatchObject({ rank: 0, steps: 0 });
    expect(() => principalComponentPursuit(matrix(0, 4))).toThrow('OPTION');
    expect(() => principalComponentPursuit(matrix(3, 4), { lambda: 0 })).toThrow('lambda');
    expect(() => principalComponentPursuit(matrix(3, 4), { tolerance: Number.NaN })).toThrow('tolerance');
  });
});
