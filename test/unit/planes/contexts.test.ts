import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inverse4 } from '../../../src/matrices/inverse4.js';
import { compand, meanMagnitude, signLevel } from '../../../src/planes/companding.js';
import { projected } from '../../../src/planes/regression.js';
import { root } from '../../../src/planes/root.js';
import { NORMS, STEPS } from '../../../src/planes/weights.js';
import { checked } from '../../properties/codec-rasters.js';

const clamp = (low: number, value: number, high: number) => Math.max(low, Math.min(high, value));
/** floor(a / b) of integers, b above 0. */
const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b < 0n ? 1n : 0n);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** The root as codec-spec.md defines it. */
function rootOf(a: bigint): bigint {
  let r = BigInt(Math.floor(Math.sqrt(Number(a))));
  while (r * (r - 1n) >= a && r > 0n) r--;
  while ((r + 1n) * r < a) r++;
  return r;
}

/** Integers of all sizes up to 2^bits, either sign. */
const integers = (bits: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: bits }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([size, share]) => Math.round(2 ** size * share) || 0);

describe('Integer arithmetic of contexts', () => {
  it('takes exact roots of integers', () => {
    for (let r = 1; r < 33_000; r = r < 300 ? r + 1 : r * 1.01 + 1) {
      const n = Math.floor(r) * (Math.floor(r) - 1);
      expect([root(n), root(n + 1)]).toEqual([Math.max(0, Math.floor(r) - 1), Math.floor(r)]);
    }
    expect(root(0)).toBe(0);
  });

  it('rescales magnitudes and norms by the steps of weights exactly', () => {
    STEPS.forEach((step, n) => {
      const of = BigInt(step * 4096);
      expect(BigInt(NORMS[n]! * 4096)).toBe(rootOf((1n << 36n) / of));
      for (const value of [1, 2, 7, 100, 524_286]) {
        const companded = rootOf((128n * BigInt(value) * of) / 4096n);
        expect(compand(-value * step)).toBe(Number(companded < 255n ? companded : 255n));
      }
    });
  });

  it('computes means as 64-bit integers do, whatever is measured and expected', () => {
    fc.assert(
      fc.property(integers(43), integers(31), (mean, sum) => {
        const e = BigInt(Math.min(Math.abs(sum), 2 ** 20)) >> 6n;
        const w = e * e + 19_661n;
        const level = (768n * magnitude(BigInt(mean)) + w) / (2n * w);
        expect(signLevel(mean, sum | 0)).toBe(Number(level < 10n ? level : 10n));
        const quarter = magnitude(BigInt(mean)) >> 2n;
        expect(meanMagnitude(mean)).toBe(Number(rootOf(quarter < 4095n ? quarter : 4095n)));
      }),
      checked(2000),
    );
  });

  it('computes the slope of a regression as 64-bit integers do', () => {
    const sums = (value: number) => Int32Array.of(value, value, value, value, value);
    fc.assert(
      fc.property(integers(28), integers(28), integers(19), (squares, products, x) => {
        const xx = 6n * magnitude(BigInt(squares));
        const xy = 6n * BigInt(products) * BigInt(clamp(-2047, x, 2047));
        const slope = floorDiv(2n * xy + xx + 8n, 2n * xx + 16n);
        const on = {
          x: new Int32Array(0),
          squares: sums(Math.abs(squares)),
          products: sums(products),
        };
        expect(BigInt(projected(on, 2, 2, x))).toBe(slope);
      }),
      checked(2000),
    );
  });

  it('computes plane 0 as 64-bit integers do, up to its largest levels', () => {
    const round = (a: bigint, n: bigint) => (a + (1n << (n - 1n))) >> n;
    /** Section 14.1 of codec-spec.md. */
    const line = (y: bigint[]): void => {
      for (let i = 0; i < y.length; i += 4) {
        const [x0, x1, x2, x3] = y.slice(i) as [bigint, bigint, bigint, bigint];
        const [e, f] = [524_288n * (x0 + x2), 524_288n * (x0 - x2)];
        const [p, q] = [685_015n * x1 + 283_743n * x3, 283_743n * x1 - 685_015n * x3];
        [e + p, f + q, f - q, e - p].forEach((v, n) => {
          y[i + n] = round(v, 20n);
        });
      }
      for (let i = 2; i < y.length - 2; i += 4) {
        const [x0, x1, x2, x3] = y.slice(i) as [bigint, bigint, bigint, bigint];
        const [e, f] = [524_288n * (x0 + x3), 524_288n * (x1 + x2)];
        const p = 427_295n * (x0 - x3) + 130_548n * (x1 - x2);
        const q = -84_410n * (x0 - x3) + 337_117n * (x1 - x2);
        [e + p, f + q, f - q, e - p].forEach((v, n) => {
          y[i + n] = round(v, 20n);
        });
      }
    };
    fc.assert(
      fc.property(
        fc.array(integers(27), { minLength: 8 * 12, maxLength: 8 * 12 }),
        fc.constantFrom(8, 12),
        (values, width) => {
          const data = Float64Array.from(values);
          const rows = Array.from({ length: values.length / width }, (_, row) =>
            values.slice(row * width, (row + 1) * width).map(BigInt),
          );
          inverse4(data, width);
          for (let x = 0; x < width; x++) {
            const column = rows.map(row => row[x]!);
            line(column);
            column.forEach((v, row) => {
              rows[row]![x] = v;
            });
          }
          rows.forEach(line);
          expect([...data].map(BigInt)).toEqual(rows.flat());
        },
      ),
      checked(200),
    );
  });
});
