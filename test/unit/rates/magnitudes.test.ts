import { expect, it } from 'vitest';
import { stepOf } from '../../../src/planes/step.js';
import { forecastOf, GATHERED, gather } from '../../../src/rates/magnitudes.js';

/** Coefficients of either sign, small ones more often: blocks of 64. */
const coefficients = Float32Array.from({ length: 64 * 2000 }, (_, n) => {
  const share = ((n * 7919) % 100_003) / 100_003;
  return (n & 1 ? -20 : 20) * Math.log(1 / (1 - share));
});

/** Error and levels of these, without plane 0, with a dead zone of 0.6 steps. */
function quantised(step: number): { error: number; levels: number[] } {
  let error = 0;
  const levels: number[] = [];
  for (const [n, x] of coefficients.entries()) {
    if (n % 64 === 0) continue;
    const size = Math.abs(x) / step;
    const level = size < 0.6 ? 0 : Math.max(1, Math.round(size));
    error += ((size - level) * step) ** 2;
    if (level) levels.push(level);
  }
  return { error, levels };
}

it('A forecast of PSNR and bytes follows actual quantisation from step to step', () => {
  const sums = new Float64Array(GATHERED);
  gather([coefficients], undefined, sums);
  const forecast = forecastOf(sums, coefficients.length);
  const off = [2200, 2400, 2600, 2800, 3000].map(code => {
    const { error, levels } = quantised(stepOf(code));
    const psnr = 10 * Math.log10((255 * 255 * coefficients.length) / error);
    const bits = levels.reduce((sum, level) => sum + 5 + Math.log2(level), 0);
    return { psnr: forecast.psnr(code) - psnr, bytes: (8 * forecast.bytes(code)) / bits };
  });
  for (const { psnr, bytes } of off) {
    expect(Math.abs(psnr)).toBeLessThan(0.5);
    expect(Math.abs(psnr - off[0]!.psnr)).toBeLessThan(0.5);
    expect(bytes / off[0]!.bytes).toBeGreaterThan(0.9);
    expect(bytes / off[0]!.bytes).toBeLessThan(1.1);
  }
});

it('Two parts give the sums of the whole', () => {
  const [whole, parts] = [new Float64Array(GATHERED), new Float64Array(GATHERED)];
  gather([coefficients], undefined, whole);
  for (const part of [coefficients.subarray(0, 64 * 500), coefficients.subarray(64 * 500)])
    gather([part], undefined, parts);
  for (const [n, sum] of whole.entries()) expect(parts[n]! - sum).toBeCloseTo(0, 3);
});
