import { COMPAND, COMPAND_MEAN, LARGEST, LEVEL, LEVEL_NONZERO } from './companding.js';
import { aliveExpectation, dot, FEATURES, gather, meanOf, planeContext } from './contexts.js';
import { aroundOf, predictDc } from './dc.js';
import { blockOf, type Factor } from './factor.js';
import { decayActivity, signOf } from './read.js';
import {
  aliveContext, aroundLevel, DC_LONGEST, dcContext, dcZeroContext, escapeContext, LONGEST, magnitudeContext, zeroContext,
} from './states.js'; // biome-ignore format: a list

/** Where bits go: into a file, or only into a count of what they would cost. */
export interface BitSink {
  /** A bit with an adaptive context. */
  bit(context: number, bit: number): void;
  /** A bit of probability one half. */
  even(bit: number): void;
}

/** Levels to be written: element k of block b at [b * size + k], signed, in steps (plane 0 of plane 0's level too). */
export type Levels = Int16Array | Int32Array;

const features = new Int32Array(FEATURES);

/** Writes an Exp-Golomb code of order k whose bits have adaptive contexts from `base` on. */
function writeEscape(sink: BitSink, base: number, k: number, value: number): void {
  let e = 0;
  for (; value >= 1 << k; e++, k++) {
    sink.bit(base + Math.min(e, 15), 1);
    value -= 1 << k;
  }
  sink.bit(base + Math.min(e, 15), 0);
  for (let i = k - 1; i >= 0; i--)
    sink.bit(base + 16 + Math.min(e, 15) * 2 + (i === k - 1 ? 0 : 1), (value >> i) & 1);
}

/** What a pass notes about a coefficient for the quantiser: the levels that select its contexts. */
export interface Notes {
  /** By b * size + k: level of the zero flag, of the magnitude << 5, context of the sign (0 where it has none) << 10. */
  coefficients: Uint32Array;
  /** By b * 8 + band: level of the alive flag. */
  alive: Uint8Array;
}

/** Writes which blocks go on at `band`: those with a level that is not zero in this band or a later one. The mirror of readAlive. */
export function writeAlive(
  sink: BitSink, factors: Factor[], channel: number, role: number, band: number, lastBand: Uint8Array, notes?: Notes,
): void { // biome-ignore format: a list
  const own = factors[channel]!;
  const next = new Uint8Array(own.alive.length);
  let living = 0;
  for (const i of own.living) {
    const b = blockOf(own, i);
    const e = aliveExpectation(factors, channel, role, band, next, i) >> 5;
    const level = LEVEL[e < 0 ? 0 : e > LARGEST ? LARGEST : e]!;
    const goesOn = lastBand[b]! >= band ? 1 : 0;
    if (notes) notes.alive[b * 8 + band] = level;
    sink.bit(aliveContext(role, band, level), goesOn);
    if (goesOn) {
      next[i] = 1;
      own.living[living++] = i;
    }
  }
  own.alive = next;
  own.living = own.living.slice(0, living);
}

/** Writes plane k of a factor. The mirror of readPlane. */
export function writePlane(
  sink: BitSink, factors: Factor[], channel: number, role: number, k: number, levels: Levels, notes?: Notes,
): void { // biome-ignore format: a list
  const context = planeContext(factors, channel, role, k);
  const { own, type } = context;
  const { size, values, magnitudes } = own;
  for (const i of own.living) {
    const mean = context.mean ? meanOf(context, i) : 0;
    gather(features, context, i, context.mean ? COMPAND_MEAN[Math.min((mean < 0 ? -mean : mean) >> 2, 4095)]! : 0);
    const at = blockOf(own, i) * size + k;
    const level = levels[at]!;
    const e = dot(context.expect, features) >> 5;
    const zeroLevel = LEVEL[e < 0 ? 0 : e > LARGEST ? LARGEST : e]!;
    const m = dot(context.magnitude, features) >> 5;
    const magnitudeLevel = LEVEL_NONZERO[m < 0 ? 0 : m > LARGEST ? LARGEST : m]!;
    if (notes) notes.coefficients[at] = zeroLevel | (magnitudeLevel << 5) | ((context.mean ? signOf(context, role, mean) : 0) << 10);
    sink.bit(zeroContext(type, zeroLevel), level ? 1 : 0);
    if (!level) continue;
    const negative = level < 0 ? 1 : 0;
    if (context.mean) sink.bit(signOf(context, role, mean), negative);
    else sink.even(negative);
    const value = negative ? -level : level;
    for (let t = 1; t <= LONGEST && t <= value; t++) sink.bit(magnitudeContext(type, t, magnitudeLevel), t < value ? 1 : 0);
    if (value > LONGEST) writeEscape(sink, escapeContext(role), 1, value - LONGEST - 1);
    values[i * size + k] = 2 * level;
    magnitudes[i * size + k] = COMPAND[value < 255 ? value : 255]!;
  }
  decayActivity(own, k);
}

/** Writes plane 0 of plane 0's level: residuals of a prediction. The mirror of readDc. */
export function writeDc(sink: BitSink, level: Factor, role: number, levels: Levels): void {
  const residuals = new Int32Array(level.alive.length);
  for (const i of level.living) {
    const around = aroundLevel(aroundOf(level, residuals, i));
    const value = levels[blockOf(level, i) * 16]!;
    const residual = value - predictDc(level, i);
    const m = Math.abs(residual);
    sink.bit(dcZeroContext(role, around), m ? 1 : 0);
    if (m) {
      sink.even(residual < 0 ? 1 : 0);
      for (let t = 1; t <= DC_LONGEST && t <= m; t++) sink.bit(dcContext(role, t, around), t < m ? 1 : 0);
      if (m > DC_LONGEST) writeEscape(sink, escapeContext(3), 2, m - DC_LONGEST - 1);
    }
    residuals[i] = Math.min(m, 200);
    level.values[i * 16] = 2 * value;
  }
}
