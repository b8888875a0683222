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
import type { SearchOptions } from './search-options.js';

/** Pictures with less `repetition` than this are not tried. */
const REPETITION = 0.05;
/** Pictures with fewer blocks are not tried: a basis or predictors seldom pay there, and the search took more than half of the time. */
const FEW = 48;
/** Numbers of rotations a channel to try, fewest first. */
const COUNTS = [8, 32, 96];
/** The coder only runs if the estimate of the bits falls by at least this share. */
const PROMISE = 0.01;
/** Share of the search that rotations take. */
const ROTATING = 0.2;
/** Bits of a stored rotation. */
const ROTATION_BITS = 20;

/**
 * Chooses V and the predictors of each channel for a file at the quantiser step `code`. 'dct': the DCT without predictors. 'svd': the exact
 * SVD basis, `rank` columns. 'auto': the picture's own rotations, and then its own predictors, each kept if a real coding with it has less
 * squared error + lambda bits. Nothing is tried on small pictures, where most of the picture is exact cells, or, unless it is asked for,
 * where the first channel hardly repeats itself, as in most photographs.
 */
export function chooseBases(
  analysis: Analysis,
  basis: 'auto' | 'svd' | 'dct',
  code: number,
  options: SearchOptions,
): Analysis {
  if (basis === 'dct') return analysis;
  if (basis === 'svd')
    return onBases(
      analysis,
      analysis.channels.map(u => designExact(u, options.rank, ORDER8)),
    );
  if (analysis.grid.cols * analysis.grid.rows < FEW) return analysis;
  const isPromising = () => repetition(analysis.channels[0]!, analysis.grid, stepOf(code)) >= REPETITION;
  if (!options.everywhere && !isPromising()) return analysis;
  const exact = chooseTiles(analysis, stepOf(code), options.rank)?.tiles.cells.exact;
  if (exact && exact.filter(is => is).length > exact.length / 2) return analysis;
  const { tell } = options;
  const turned = chooseRotations(analysis, code, options);
  return choosePredictors(turned, code, {
    ...options,
    tell: done => tell?.(ROTATING + (1 - ROTATING) * done),
  });
}

/**
 * Chooses the picture's own rotations, as many as minimise squared error + lambda bits. The coder only runs where an estimate, the sum of
 * log2 (1 + (x / step)^2) / 2 over all coefficients, promises a gain.
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
      most.map(basis => first(basis, count)),
    ),
  );
  return [analysis, ...candidates]
    .map(candidate => ({ candidate, cost: costAtStep(candidate, code, options) }))
    .reduce((best, next) => (next.cost < best.cost ? next : best)).candidate;
}

/** The first `count` rotations of a basis; undefined for none. */
const first = (basis: Basis | undefined, count: number): Basis | undefined =>
  basis && count ? { ...basis, rotations: basis.rotations.slice(0, count) } : undefined;

/** At most this many blocks are looked at before the coder runs. */
const SAMPLE = 2048;

/** Blocks sampled evenly from a channel. */
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

/** Bits that the coefficients would take without contexts, plane 0 left out. */
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
