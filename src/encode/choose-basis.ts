import { designExact, designRotations } from '../factors/design.js';
import type { Basis } from '../factors/rotation.js';
import { stepOf } from '../format/step.js';
import { ORDER8 } from '../planes/order.js';
import { type Analysis, onBases } from './analyse.js';
import { type CodeOptions, codeAtStep } from './code-at-step.js';
import { LAMBDA } from './quantise.js';

/** Numbers of rotations a channel that are tried, the fewest first. */
const COUNTS = [8, 32, 96];
/** The coder is only asked where the estimate of the bits falls by so much. */
const PROMISE = 0.01;
/** Bits of a stored rotation. */
const ROTATION_BITS = 20;

/**
 * V of each channel for a file at the quantiser step `code`. 'dct': none but the DCT. 'svd': the exact SVD basis, `rank` columns. 'auto': the picture's own
 * rotations, as many as leave least squared error + lambda bits when really coded; the coder is only run where an estimate, the sum of
 * log2 (1 + (x / step)^2) / 2 over all coefficients, promises anything, which it does on repeated structure and hardly ever on photographs.
 */
export function chooseBases(analysis: Analysis, basis: 'auto' | 'svd' | 'dct', code: number, options: CodeOptions): Analysis {
  if (basis === 'dct') return analysis;
  if (basis === 'svd') return onBases(analysis, analysis.channels.map(u => designExact(u, options.rank, ORDER8)));
  const most = analysis.channels.map(u => designRotations(u, COUNTS.at(-1)!));
  const candidates = COUNTS.map(count => onBases(analysis, most.map(all => first(all, count))));
  const step = stepOf(code);
  const plain = estimate(analysis, step);
  if (candidates.every(candidate => estimate(candidate, step) > plain * (1 - PROMISE))) return analysis;
  const cost = (candidate: Analysis): number => {
    const { bytes, error } = codeAtStep(candidate, code, { ...options, passes: 1 });
    return error + LAMBDA * step * step * 8 * bytes.length;
  };
  return [analysis, ...candidates]
    .map(candidate => ({ candidate, cost: cost(candidate) }))
    .reduce((best, next) => (next.cost < best.cost ? next : best)).candidate;
}

/** The first `count` rotations of a basis. */
const first = (basis: Basis | undefined, count: number): Basis | undefined =>
  basis && { ...basis, rotations: basis.rotations.slice(0, count) };

/** Bits that the coefficients and the rotations would take without any context. */
function estimate({ channels, bases }: Analysis, step: number): number {
  const scale = 1 / (step * step);
  let bits = 0;
  channels.forEach((u, c) => {
    let product = 1;
    u.forEach((x, i) => {
      if (i % 64 === 0) return;
      // The logarithm of a product of several terms, before it can overflow.
      product *= 1 + x * x * scale;
      if (product > 1e200) {
        bits += Math.log2(product) / 2;
        product = 1;
      }
    });
    bits += Math.log2(product) / 2 + ROTATION_BITS * (bases[c]?.rotations.length ?? 0);
  });
  return bits;
}
