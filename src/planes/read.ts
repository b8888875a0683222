import type { AdaptiveBits } from '../bits/adaptive.js';
import type { RangeDecoder } from '../bits/range-decoder.js';
import { CodecError } from '../core/errors.js';
import { COMPAND, COMPAND_MEAN, LARGEST, LEVEL, LEVEL_NONZERO } from './companding.js';
import { aliveExpectation, dot, FEATURES, gather, meanOf, type PlaneContext, planeContext } from './contexts.js';
import { aroundOf, predictDc } from './dc.js';
import type { Factor } from './factor.js';
import {
  aliveContext, aroundLevel, DC_LONGEST, dcContext, dcZeroContext, escapeContext, LONGEST, magnitudeContext,
  signContext, zeroContext,
} from './states.js'; // biome-ignore format: a list

/** What reading needs: the coder, the contexts, and a scratch of FEATURES integers. */
export interface Reader {
  coder: RangeDecoder;
  states: AdaptiveBits;
}

const features = new Int32Array(FEATURES);

function readBit({ coder, states }: Reader, context: number): number {
  const bit = coder.bit(states.probability(context));
  states.update(context, bit);
  return bit;
}

/** Reads an Exp-Golomb code of order k whose bits have adaptive contexts from `base` on. */
function readEscape(reader: Reader, base: number, k: number): number {
  let value = 0;
  let e = 0;
  for (; readBit(reader, base + Math.min(e, 15)); e++, k++) {
    if (e > 14) throw new CodecError('CORRUPT', { field: 'level', got: 'an endless escape', expected: 'at most 15 steps' });
    value += 1 << k;
  }
  for (let i = k - 1; i >= 0; i--)
    value += readBit(reader, base + 16 + Math.min(e, 15) * 2 + (i === k - 1 ? 0 : 1)) << i;
  return value;
}

/** Reads which blocks of a channel go on at `band`; the others' rows end. The mirror of writeAlive. */
export function readAlive(reader: Reader, factors: Factor[], channel: number, role: number, band: number): void {
  const own = factors[channel]!;
  const next = new Uint8Array(own.alive.length);
  let living = 0;
  for (const i of own.living) {
    const e = aliveExpectation(factors, channel, role, band, next, i) >> 5;
    const level = LEVEL[e < 0 ? 0 : e > LARGEST ? LARGEST : e]!;
    if (readBit(reader, aliveContext(role, band, level))) {
      next[i] = 1;
      own.living[living++] = i;
    }
  }
  own.alive = next;
  own.living = own.living.slice(0, living);
}

/** Reads plane k of a factor. The mirror of writePlane. */
export function readPlane(reader: Reader, factors: Factor[], channel: number, role: number, k: number): void {
  const context = planeContext(factors, channel, role, k);
  const { own, type } = context;
  const { size, values, magnitudes } = own;
  for (const i of own.living) {
    const mean = context.mean ? meanOf(context, i) : 0;
    gather(features, context, i, context.mean ? COMPAND_MEAN[Math.min((mean < 0 ? -mean : mean) >> 2, 4095)]! : 0);
    const e = dot(context.expect, features) >> 5;
    if (!readBit(reader, zeroContext(type, LEVEL[e < 0 ? 0 : e > LARGEST ? LARGEST : e]!))) continue;
    const negative = context.mean ? readBit(reader, signOf(context, role, mean)) : reader.coder.bit(16_384);
    const m = dot(context.magnitude, features) >> 5;
    const level = LEVEL_NONZERO[m < 0 ? 0 : m > LARGEST ? LARGEST : m]!;
    let value = 1;
    while (value <= LONGEST && readBit(reader, magnitudeContext(type, value, level))) value++;
    if (value > LONGEST) value += readEscape(reader, escapeContext(role), 1);
    values[i * size + k] = negative ? -2 * value : 2 * value;
    magnitudes[i * size + k] = COMPAND[value < 255 ? value : 255]!;
  }
  decayActivity(own, k);
}

export function signOf(context: PlaneContext, role: number, mean: number): number {
  const n = context.own.block;
  return signContext(n === 4 ? 1 : 0, role, Math.floor(context.k / n) + (context.k % n), mean);
}

/** Activity after plane k: 218/256 of what it was, plus the plane's magnitude. */
export function decayActivity({ activity, magnitudes, size }: Factor, k: number): void {
  for (let i = 0, m = k; i < activity.length; i++, m += size) activity[i] = ((activity[i]! * 218) >> 8) + magnitudes[m]!;
}

/** Reads plane 0 of plane 0's level: residuals of a prediction. The mirror of writeDc. */
export function readDc(reader: Reader, level: Factor, role: number): void {
  const residuals = new Int32Array(level.alive.length);
  for (const i of level.living) {
    const around = aroundLevel(aroundOf(level, residuals, i));
    let m = 0;
    let negative = 0;
    if (readBit(reader, dcZeroContext(role, around))) {
      negative = reader.coder.bit(16_384);
      m = 1;
      while (m <= DC_LONGEST && readBit(reader, dcContext(role, m, around))) m++;
      if (m > DC_LONGEST) m += readEscape(reader, escapeContext(3), 2);
    }
    residuals[i] = Math.min(m, 200);
    level.values[i * 16] = 2 * (predictDc(level, i) + (negative ? -m : m));
  }
}
