import { BANDS8, ORDER8 } from '../planes/order.js';
import { COMPAND, LEVEL_BOUNDS, NONZERO_BOUNDS } from '../planes/companding.js';
import { ALIVE_FEATURES, planeContext } from '../planes/contexts.js';
import { ALIVE_WEIGHTS } from '../planes/tables.js';
import { aliveContext, magnitudeContext, zeroContext, LONGEST } from '../planes/states.js';
import type { Factor } from '../planes/factor.js';
import { positionOf } from '../planes/factor.js';
import type { ChannelLevels } from '../planes/write-factors.js';
import type { Notes } from '../planes/write.js';
import type { CostMeter } from './costs.js';

/** Middle of each level of expectations, as a weighted sum of features. */
const middles = (bounds: number[]): number[] =>
  Array.from({ length: 32 }, (_, l) => 16 * ((l ? bounds[l - 1]! : 0) + (l < 31 ? bounds[l]! : bounds[30]! * 1.2)));
const ZERO_MIDDLES = middles(LEVEL_BOUNDS);
const NONZERO_MIDDLES = middles(NONZERO_BOUNDS);

/** Slopes of costs by level: [level] of a table with `width` columns at column `c`. */
function slopes(costs: Float64Array, width: number, middle: number[]): Float64Array {
  const out = new Float64Array(costs.length);
  for (let l = 0; l < 32; l++) {
    const a = Math.max(0, l - 1);
    const b = Math.min(31, l + 1);
    for (let c = 0; c < width; c++)
      out[l * width + c] = (costs[b * width + c]! - costs[a * width + c]!) / (middle[b]! - middle[a]!);
  }
  return out;
}

const MOST = 15;

/**
 * What one unit of companded magnitude in each coefficient adds to the bits of those coded after it: gradients, [b * 64 + k], by channel.
 */
export function externalities(
  factors: Factor[],
  roles: number[],
  levels: ChannelLevels[],
  notes: Notes[],
  meter: CostMeter,
  rank: number,
): Float32Array[] {
  const n = factors.length;
  const gm = factors.map(f => new Float32Array(f.magnitudes.length));
  const ge = factors.map(f => new Float32Array(f.magnitudes.length));
  const gr = factors.map(f => new Float32Array(f.magnitudes.length));
  for (let c = n - 1; c >= 0; c--) {
    const own = factors[c]!;
    const { size, stride, cols, rows } = own;
    const role = roles[c]!;
    const type = role ? 1 : 0;
    const zero = new Float64Array(64);
    for (let l = 0; l < 32; l++) for (let bit = 0; bit < 2; bit++) zero[l * 2 + bit] = meter.cost(zeroContext(type, l), bit);
    const zeroSlope = slopes(zero, 2, ZERO_MIDDLES);
    const sizes = new Float64Array(32 * (MOST + 1));
    for (let l = 0; l < 32; l++) {
      let above = 0;
      for (let m = 1; m <= MOST; m++) {
        const context = magnitudeContext(type, Math.min(m, LONGEST), l);
        sizes[l * (MOST + 1) + m] = above + (m <= LONGEST ? meter.cost(context, 0) : 0);
        if (m <= LONGEST) above += meter.cost(context, 1);
      }
    }
    const sizeSlope = slopes(sizes, MOST + 1, NONZERO_MIDDLES);
    const A = new Float32Array(own.activity.length);
    const { levels: q, lastBand } = levels[c]!;
    const note = notes[c]!;
    const y = role > 0 ? gm[c - role]! : undefined;
    const yr = role > 0 ? gr[c - role]! : undefined;
    const z = role === 2 ? gm[c - 1]! : undefined;
    const zr = role === 2 ? gr[c - 1]! : undefined;
    const m = gm[c]!;
    const e = ge[c]!;
    const r = gr[c]!;
    const down = stride * size;
    for (let band = BANDS8.length - 1; band > 0; band--) {
      if (BANDS8[band - 1]! >= rank) continue;
      for (let t = Math.min(rank, BANDS8[band]!) - 1; t >= BANDS8[band - 1]!; t--) {
        const k = ORDER8[t]!;
        const ctx = planeContext(factors, c, role, k);
        const w = ctx.expectation;
        const g = ctx.magnitude;
        const { left, up, upLeft, left2, up2, diagonal, transposed } = ctx;
        for (let i = 0; i < A.length; i++) {
          m[i * size + k]! += A[i]!;
          A[i] = A[i]! * (218 / 256);
        }
        for (let by = 0, b = 0; by < rows; by++)
          for (let bx = 0; bx < cols; bx++, b++) {
            if (lastBand[b]! < band) continue;
            const i = positionOf(own, b);
            const level = q[b * 64 + k]!;
            const mag = level < 0 ? -level : level;
            const nt = note.coefficients[b * 64 + k]!;
            const s = zeroSlope[(nt & 31) * 2 + (mag ? 1 : 0)]!;
            const u = mag ? sizeSlope[((nt >> 5) & 31) * (MOST + 1) + Math.min(mag, MOST)]! : 0;
            const at = i * size;
            const here = at + k;
            const v = (f: number) => s * w[f]! + u * g[f]!;
            m[here - size]! += v(0);
            m[here - down]! += v(1);
            m[here - down - size]! += v(2);
            m[here - down + size]! += v(3);
            const v4 = v(4);
            m[here - 2 * size]! += v4;
            m[here - 2 * down]! += v4;
            const v26 = v(26);
            const ml = own.magnitudes[at + left]!;
            const mu = own.magnitudes[at + up]!;
            m[at + left]! += v(5) + (ml > mu ? v26 : 0);
            m[at + up]! += v(6) + (ml > mu ? 0 : v26);
            m[at + upLeft]! += v(7);
            const v8 = v(8);
            m[at + left2]! += v8;
            m[at + up2]! += v8;
            m[at + diagonal]! += v(9);
            const v10 = v(10);
            const v11 = v(11);
            e[at + left]! += v10 - v11;
            e[at + up]! += v10 - v11;
            r[at + left]! += v11;
            r[at + up]! += v11;
            const v12 = v(12);
            const v25 = v(25);
            r[at + upLeft]! += v12;
            e[at + diagonal]! += v12 - v25;
            r[at + diagonal]! += v25;
            const v23 = v(23);
            r[at + left2]! += v23;
            r[at + up2]! += v23;
            m[at + transposed]! += v(24);
            A[i]! += v(13);
            const v14 = v(14);
            A[i - 1]! += v14;
            A[i - stride]! += v14;
            const v15 = v(15);
            A[i + 1]! += v15;
            A[i + stride]! += v15;
            const v16 = v(16);
            A[i - stride - 1]! += v16;
            A[i - stride + 1]! += v16;
            A[i + stride - 1]! += v16;
            A[i + stride + 1]! += v16;
            if (y) {
              y[here]! += v(17);
              yr![here]! += v(18);
              if (z) {
                z[here]! += v(19);
                zr![here]! += v(20);
              }
            }
          }
      }
      // Alive flags of the band.
      const alive = new Float64Array(64);
      for (let l = 0; l < 32; l++)
        for (let bit = 0; bit < 2; bit++) alive[l * 2 + bit] = meter.cost(aliveContext(role, band, l), bit);
      const aliveSlope = slopes(alive, 2, ZERO_MIDDLES);
      const o = (role * 7 + band) * ALIVE_FEATURES;
      const w = ALIVE_WEIGHTS;
      for (let b = 0; b < cols * rows; b++) {
        if (lastBand[b]! < band - 1) continue;
        const i = positionOf(own, b);
        const s = aliveSlope[note.alive[b * 8 + band]! * 2 + (lastBand[b]! >= band ? 1 : 0)]!;
        A[i]! += s * w[o]!;
        A[i - 1]! += s * w[o + 1]!;
        A[i - stride]! += s * w[o + 1]!;
        A[i + 1]! += s * w[o + 2]!;
        A[i + stride]! += s * w[o + 2]!;
        A[i - stride - 1]! += s * w[o + 3]!;
        A[i - stride + 1]! += s * w[o + 3]!;
        A[i + stride - 1]! += s * w[o + 3]!;
        A[i + stride + 1]! += s * w[o + 3]!;
      }
    }
  }
  return factors.map((own, c) => {
    const { size, stride, cols, rows } = own;
    const down = stride * size;
    const out = new Float32Array(cols * rows * size);
    const m = gm[c]!;
    const e = ge[c]!;
    const r = gr[c]!;
    for (let b = 0; b < cols * rows; b++) {
      const i = positionOf(own, b);
      for (let k = 1; k < size; k++) {
        const at = i * size + k;
        out[b * size + k] = m[at]! + e[at - size]! + e[at - down]! + r[at - size]! + r[at + size]! + r[at - down]! + r[at + down]!;
      }
    }
    return out;
  });
}
export { COMPAND };
