import { designExact, designRotations, turned } from '../../factors/design.js';
import type { Basis } from '../../factors/rotation.js';
import { ORDER8 } from '../../planes/order.js';
import { stepOf } from '../../planes/step.js';
import { type Analysis, onBases } from '../analyse.js';
import { chooseTiles } from '../cells/choose-tiles.js';
import type { CodeOptions } from '../code-at-step.js';
import { choosePredictors } from './choose-predictors.js';
import { costAtStep } from './cost-at-step.js';
import { repetition } from './repetition.js';

/** Least `repetition` of a picture that is looked at. */
const REPETITION = 0.05;
/** In pictures of fewer blocks a basis or predictors seldom pay for themselves, and looking for them took more than half of the time. */
const FEW = 48;
/** Numbers of rotations a channel that are tried, the fewest first. */
const COUNTS = [8, 32, 96];
/** The coder is only asked where the estimate of the bits falls by so much. */
const PROMISE = 0.01;
/** Bits of a stored rotation. */
const ROTATION_BITS = 20;

/**
 * V and the predictors of each channel for a file at the quantiser step `code`. 'dct': the DCT and none. 'svd': the exact SVD basis, `rank` columns. 'auto':
 * the picture's own rotations, and on top its own predictors, each where the real coder has less squared error + lambda bits with them; nothing is tried
 * where the first channel does not repeat itself, as few photographs do, nor where most of the picture is exact cells, nor in small pictures.
 */
export function chooseBases(
  analysis: Analysis,
  basis: 'auto' | 'svd' | 'dct',
  code: number,
  options: CodeOptions,
): Analysis {
  if (basis === 'dct') return analysis;
  if (basis === 'svd')
    return onBases(
      analysis,
      analysis.channels.map(u => designExact(u, options.rank, ORDER8)),
    );
  if (analysis.grid.cols * analysis.grid.rows < FEW) return analysis;
  if (repetition(analysis.channels[0]!, analysis.grid, stepOf(code)) < REPETITION) return analysis;
  const exact = chooseTiles(analysis, stepOf(code), options.rank)?.tiles.cells.exact;
  if (exact && exact.filter(is => is).length > exact.length / 2) return analysis;
  return choosePredictors(chooseRotations(analysis, code, options), code, options);
}

/**
 * The picture's own rotations, as many as leave least squared error + lambda bits; the coder is only run where an estimate, the sum of
 * log2 (1 + (x / step)^2) / 2 over all coefficients, promises anything.
 */
function chooseRotations(analysis: Analysis, code: number, options: CodeOptions): Analysis {
  const sample = analysis.channels.map(sampled);
  const most = sample.map(u => designRotations(u, COUNTS.at(-1)!));
  const step = stepOf(code);
  const blocks = analysis.grid.cols * analysis.grid.rows;
  const scale = blocks / (sample[0]!.length / 64);
  const bits = (count: number): number =>
    sample.reduce((sum, u, c) => {
      const basis = first(most[c], count);
      return (
        sum +
        scale * estimate(basis ? turned(u, basis) : u, step) +
        ROTATION_BITS * (basis?.rotations.length ?? 0)
      );
    }, 0);
  const plain = bits(0);
  if (COUNTS.every(count => bits(count) > plain * (1 - PROMISE))) return analysis;
  const candidates = COUNTS.map(count =>
    onBases(
      analysis,
      most.map(all => first(all, count)),
    ),
  );
  return [analysis, ...candidates]
    .map(candidate => ({ candidate, cost: costAtStep(candidate, code, options) }))
    .reduce((best, next) => (next.cost < best.cost ? next : best)).candidate;
}

/** The first `count` rotations of a basis; undefined for none. */
const first = (basis: Basis | undefined, count: number): Basis | undefined =>
  basis && count ? { ...basis, rotations: basis.rotations.slice(0, count) } : undefined;

/** At most so many blocks are looked at before the coder is asked. */
const SAMPLE = 2048;

/** Blocks evenly taken from all of a channel. */
function sampled(u: Float32Array): Float32Array {
  const blocks = u.length / 64;
  if (blocks <= SAMPLE) return u;
  const out = new Float32Array(SAMPLE * 64);
  for (let n = 0; n < SAMPLE; n++) {
    const b = Math.floor((n * blocks) / SAMPLE);
    out.set(u.subarray(b * 64, b * 64 + 64), n * 64);
  }
  return out;
}

/** Bits that coefficients would take without any context, plane 0 left out. */
function estimate(u: Float32Array, step: number): number {
  const scale = 1 / (step * step);
  let bits = 0;
  // The logarithm of a product of the terms of a block: 63 factors below 2^16 each.
  for (let at = 0; at < u.length; at += 64) {
    let low = 1;
    let high = 1;
    for (let k = 1; k < 64; k++) {
      const x = u[at + k]!;
      if (k < 24) low *= 1 + x * x * scale;
      else high *= 1 + x * x * scale;
    }
    bits += Math.log2(low) + Math.log2(high);
  }
  return bits / 2;
}
