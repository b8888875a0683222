import { writeTree } from '../bits/write-tree.js';
import { type Basis, COUNT_BITS, PRECISION_BITS, SYMBOL_BITS } from './rotation.js';

/** Where bases are written: `bit` has one of SYMBOL_CONTEXTS adaptive contexts without priors, `even` has probability one half. */
export interface BasisSink {
  bit(context: number, bit: number): void;
  even(bit: number): void;
}

/** Writes V and the predictors of all channels; undefined stands for the DCT basis without predictors. The mirror of readBases. */
export function writeBases(sink: BasisSink, bases: (Basis | undefined)[]): void {
  const bits = (n: number, value: number): void => {
    for (let i = n - 1; i >= 0; i--) sink.even((value >>> i) & 1);
  };
  const symbol = (kind: number, value: number): void =>
    writeTree(sink.bit.bind(sink), kind << SYMBOL_BITS, 1 << SYMBOL_BITS, value);
  for (const basis of bases) {
    bits(1, basis ? 1 : 0);
    if (!basis) continue;
    const { precision, rotations, predictors } = basis;
    bits(PRECISION_BITS, precision);
    bits(COUNT_BITS, rotations.length);
    let last = { i: 0, j: 0 };
    for (const rotation of rotations) {
      symbol(0, (rotation.i - last.i) & 63);
      symbol(1, (rotation.j - last.j) & 63);
      bits(precision + 1, rotation.n + (1 << precision));
      last = rotation;
    }
    for (let k = 1; k < 64; k++) {
      const predictor = predictors[k];
      symbol(2, predictor ? predictor.terms.length : 0);
      if (!predictor) continue;
      symbol(3, predictor.trust);
      for (const { back, plane, lag, weight } of predictor.terms) {
        symbol(4, back);
        symbol(5, (plane - k) & 63);
        symbol(6, lag);
        symbol(7, weight + 32);
      }
    }
  }
}
