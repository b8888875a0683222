/** A piecewise cubic through points with rising abscissae. */
export interface Pchip {
  x: Float64Array;
  y: Float64Array;
  /** Slope at each point. */
  slope: Float64Array;
}

/**
 * Monotone piecewise cubic Hermite interpolation: Fritsch and Butland, A method for constructing local
 * monotone piecewise cubic interpolants (SIAM J. Sci. Stat. Comput. 5, 1984), slopes at the ends by the
 * one-sided three-point formula, limited. `x` rises strictly; at least two points, which are joined by a
 * straight line.
 */
export function pchip(x: Float64Array, y: Float64Array): Pchip {
  const last = x.length - 1;
  const width = (i: number): number => x[i + 1]! - x[i]!;
  const rise = (i: number): number => (y[i + 1]! - y[i]!) / width(i);
  const slope = new Float64Array(x.length);
  if (last === 1) return { x, y, slope: slope.fill(rise(0)) };
  slope[0] = endSlope(width(0), width(1), rise(0), rise(1));
  slope[last] = endSlope(width(last - 1), width(last - 2), rise(last - 1), rise(last - 2));
  for (let i = 1; i < last; i++) {
    const before = rise(i - 1);
    const after = rise(i);
    // A turning point or a flat stretch: level, so that the curve does not overshoot.
    if (!(before * after > 0)) continue;
    const w1 = 2 * width(i) + width(i - 1);
    const w2 = width(i) + 2 * width(i - 1);
    slope[i] = (w1 + w2) / (w1 / before + w2 / after);
  }
  return { x, y, slope };
}

function endSlope(h0: number, h1: number, rise0: number, rise1: number): number {
  const slope = ((2 * h0 + h1) * rise0 - h0 * rise1) / (h0 + h1);
  if (!(slope * rise0 > 0)) return 0;
  if (!(rise0 * rise1 > 0) && Math.abs(slope) > 3 * Math.abs(rise0)) return 3 * rise0;
  return slope;
}

/** The curve's value at `at`; outside the points the first or last cubic goes on. */
export function evaluate(curve: Pchip, at: number): number {
  const i = segment(curve, at);
  const [a, b, c, d] = cubic(curve, i);
  const t = at - curve.x[i]!;
  return a + t * (b + t * (c + t * d));
}

/** The integral of the curve from `from` to `to`, both within the points, from <= to. */
export function integrate(curve: Pchip, from: number, to: number): number {
  let area = 0;
  for (let i = segment(curve, from), end = segment(curve, to); i <= end; i++) {
    const [a, b, c, d] = cubic(curve, i);
    const at = curve.x[i]!;
    const primitive = (t: number): number => t * (a + t * (b / 2 + t * (c / 3 + (t * d) / 4)));
    area += primitive(Math.min(to, curve.x[i + 1]!) - at) - primitive(Math.max(from, at) - at);
  }
  return area;
}

/** Which cubic holds `at`. */
function segment({ x }: Pchip, at: number): number {
  let i = 0;
  while (i + 2 < x.length && at >= x[i + 1]!) i++;
  return i;
}

/** Coefficients of the i-th cubic in powers of the distance from its first point. */
function cubic({ x, y, slope }: Pchip, i: number): [number, number, number, number] {
  const h = x[i + 1]! - x[i]!;
  const rise = (y[i + 1]! - y[i]!) / h;
  const before = slope[i]!;
  const after = slope[i + 1]!;
  return [y[i]!, before, (3 * rise - 2 * before - after) / h, (before + after - 2 * rise) / (h * h)];
}
