import { bytesOfText } from '../bits/bytes-of-text.js';
import { RangeDecoder } from '../bits/range-decoder.js';
import { GOLOMB_CONTEXTS, readGolomb } from '../bits/read-golomb.js';
import { contextsOf, SHAPES, type Shape, SIGN, STARTS } from './shapes.js';
import { TEXT } from './text.js';

/**
 * Tables that were fitted offline, as bench/rate-distortion.md says. codec-spec.md lists them; here they are coded as planes are.
 */
const bytes = bytesOfText(TEXT);
const coder = new RangeDecoder(bytes, 0, bytes.length);

/** Reads a table of integers: by row, how many rows before it the same one stands, 0 where it is new and follows. */
function integers([rows, width, sets]: Shape): number[] {
  const states = contextsOf(sets);
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    const back = readGolomb(coder, states, 0, 0) * width;
    for (let column = 1; column <= width; column++) {
      const set = Math.min(column, sets) * GOLOMB_CONTEXTS;
      const size = back || readGolomb(coder, states, set, 0);
      values.push(back ? values.at(-back)! : size && coder.adaptive(states, set + SIGN) ? -size : size);
    }
  }
  return values;
}

/** Integer i stands for the weight i (|i| + 4) / unit, towards zero. */
const weights = (shape: Shape, unit: number): Int32Array =>
  Int32Array.from(integers(shape), i => Math.trunc((i * (Math.abs(i) + 4)) / unit));

/** P(1) of contexts, in 1/256: each so many places of STARTS above the one before it, the first above 128. */
function probabilities(shape: Shape): number[] {
  let at = 23;
  return integers(shape).map(d => {
    at += d;
    return at < 24 ? STARTS[at]! : 256 - STARTS[46 - at]!;
  });
}

/** Expected magnitude of a coefficient. */
export const EXPECTATION_WEIGHTS = weights(SHAPES.EXPECTATION_WEIGHTS, 2);
/** The same of one that is not zero. */
export const MAGNITUDE_WEIGHTS = weights(SHAPES.MAGNITUDE_WEIGHTS, 2);
/** Expected magnitude of the rest of a row. */
export const ALIVE_WEIGHTS = weights(SHAPES.ALIVE_WEIGHTS, 2);
/** Signed mean. */
export const MEAN_WEIGHTS = weights(SHAPES.MEAN_WEIGHTS, 4);
/** Start probabilities: alive flags; flags "not zero"; "above t"; "the sign is not that of the mean"; */
export const P_ALIVE = probabilities(SHAPES.P_ALIVE);
export const P_ZERO = probabilities(SHAPES.P_ZERO);
export const P_MAGNITUDE = probabilities(SHAPES.P_MAGNITUDE);
export const P_SIGN = probabilities(SHAPES.P_SIGN);
/** residuals of plane 0 of plane 0's level, "not zero" and "above t"; escape codes. */
export const P_DC_ZERO = probabilities(SHAPES.P_DC_ZERO);
export const P_DC = probabilities(SHAPES.P_DC);
export const P_ESCAPE = probabilities(SHAPES.P_ESCAPE);
/** Coefficients of the restoration filter in 1/64: the mean filters by group and tap, then the latent directions. */
export const BANK = integers(SHAPES.BANK).concat(integers(SHAPES.LATENT_BANK));
/** Group of a block's class [(activity * 3 + direction) * 2 + 1 if it is coded]. */
export const GROUP_OF_CLASS = integers(SHAPES.GROUPS);
