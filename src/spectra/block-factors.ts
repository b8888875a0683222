import { symmetricEigen } from '../algebra/symmetric-eigen.js';
import { AdaptiveBits } from '../bits/adaptive.js';
import type { BlockContents } from '../decode/blocks.js';
import type { OpenFile } from '../decode/open.js';
import { CostMeter } from '../encode/levels/costs.js';
import { covariance } from '../factors/design.js';
import { type Basis, SIZE, SYMBOL_CONTEXTS, turnsPlane0 } from '../factors/rotation.js';
import { writeBases } from '../factors/write-basis.js';
import { type Factor, stepAt } from '../planes/factor.js';
import { stepOf } from '../planes/step.js';
import { unfold } from '../runs/unfold.js';
import type { ChannelFactors } from './channel-factors.js';

/**
 * The factors of layout `block`. Among coefficients multiplied by the norms of their atoms, V has orthonormal columns. So the singular
 * values of U V^T are those of U: the square roots of the eigenvalues of U^T U.
 */
export function blockFactors({ bases, factors }: BlockContents, file: OpenFile): ChannelFactors[] {
  return factors.channels.map((factor, c) => {
    const u = columns(factor, stepOf(file.header.step) / 2);
    const rank = columnsInUse(u);
    const values = symmetricEigen(covariance(u)).values.slice(0, rank);
    return {
      ...describe(bases[c]),
      rank,
      // A value that is zero except for rounding may come out negative.
      singularValues: Array.from(values, value => Math.sqrt(Math.max(0, value))),
    };
  });
}

/** U of a channel: element k of block b at b * 64 + k, in units of 1 / 255 of the peak. */
function columns(factor: Factor, unit: number): Float32Array {
  const blocks = factor.cols * factor.rows;
  const u = new Float32Array(blocks * SIZE);
  for (let b = 0; b < blocks; b++) {
    const i = factor.positions[b]!;
    u[b * SIZE] = factor.plane0[i]! * unit * stepAt(factor, i, 0);
    for (let k = 1; k < SIZE; k++) u[b * SIZE + k] = unfold(factor, i, k) * unit * stepAt(factor, i, k);
  }
  return u;
}

function columnsInUse(u: Float32Array): number {
  const used = new Uint8Array(SIZE);
  for (let i = 0; i < u.length; i++) if (u[i] !== 0) used[i % SIZE] = 1;
  return used.reduce((sum, flag) => sum + flag, 0);
}

/** What the file stores of V and of the predictors, and the bytes that takes. */
function describe(basis: Basis | undefined): Omit<ChannelFactors, 'rank' | 'singularValues'> {
  if (!basis) return { basis: 'dct', rotations: 0, terms: 0, bytes: 0 };
  const meter = new CostMeter(new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS)));
  writeBases(meter, [basis]);
  return {
    basis: turnsPlane0(basis) ? 'svd' : basis.rotations.length ? 'rotated' : 'dct',
    rotations: basis.rotations.length,
    terms: basis.predictors.reduce((sum, predictor) => sum + (predictor?.terms.length ?? 0), 0),
    bytes: Math.round(meter.bits / 8),
  };
}
