import { compand } from '../planes/companding.js';
import { clearFactors } from '../planes/clear-factors.js';
import { MAGNITUDE_MASK, type Factor } from '../planes/factor.js';
import { plainOrder, roleOf, stepsOf } from '../planes/schedule.js';
import { settlePlane0 } from '../planes/thumbnail.js';
import type { FrameCoder } from './frame-coder.js';
import type { Memory } from './memory.js';
import { codedContext, escapeContext, largerContext, signContext, sourceContext, vectorContext, zeroContext } from './states.js';

/** Where the prediction of a block comes from. */
export const PREVIOUS = 0;
export const BACKGROUND = 1;
export const FLAT = 2;
export const MOVED = 3;

/** What a frame says: by block, whether something is coded there, and the source of its prediction; and by channel plane 0's levels at b * 64. */
export interface Frame {
  coded: Uint8Array;
  sources: Uint8Array;
  /** By block, where its source is MOVED: (right, down) in half pixels at 2 b. */
  vectors: Int16Array;
  levels: Int32Array[];
}

/** Codes a frame: the map of what is coded, then plane 0 of all channels, then their bands in turn. What it says stands in memory.factors after it. */
export function codeFrame(coder: FrameCoder, memory: Memory, frame: Frame, learn = true): void {
  const { factors } = memory;
  clearFactors({ channels: factors, thumbs: [] });
  const map = codeMap(coder, memory, frame);
  const living = Int32Array.from([...frame.coded.keys()].filter(b => frame.coded[b]));
  factors.forEach((own, c) => {
    own.living = living.slice();
    own.alive = map.coded.slice();
    const role = roleOf(c, factors.length);
    codePlane0(coder, memory, c, role, frame.levels[c]!);
    const before = memory.energies[c]!;
    for (let i = 0; i < own.places; i++) own.activity[i] = ((compand(own.values[i]!) * SEED.dc) >> 4) + ((before[i]! * SEED.before) >> 4);
    settlePlane0(factors, c, role);
  });
  for (const { channel, thumb, band, planes } of stepsOf(factors.length, plainOrder(factors.length, 64), 64, false)!) {
    if (thumb) continue;
    const role = roleOf(channel, factors.length);
    coder.alive(factors, channel, role, band);
    for (const k of planes) coder.plane(factors, channel, role, k);
  }
  if (!learn) return;
  memory.coded = map.coded;
  memory.sources = map.sources;
  factors.forEach((own, c) => {
    memory.energies[c] = energyOf(own);
  });
}

export const SEED = { dc: 8, before: 8 };

/** A quarter of the sum of the magnitudes in each block, in the unit of activities. */
function energyOf({ magnitudes, values, places, positions, size }: Factor): Int32Array {
  const out = new Int32Array(places);
  for (const i of positions) {
    let sum = compand(values[i]!);
    for (let k = 1; k < size; k++) sum += magnitudes[k * places + i]! & MAGNITUDE_MASK;
    out[i] = sum >> 1;
  }
  return out;
}

function codeMap(coder: FrameCoder, memory: Memory, frame: Frame): { coded: Uint8Array; sources: Uint8Array } {
  const { positions, stride, places } = memory.factors[0]!;
  const coded = new Uint8Array(places);
  const sources = new Uint8Array(places);
  const first = memory.frames === 0;
  const { coded: was, sources: from } = memory;
  positions.forEach((i, b) => {
    const near = coded[i - 1]! + coded[i - stride]!;
    const far = coded[i - stride - 1]! + coded[i - stride + 1]!;
    coded[i] = coder.bit(codedContext(near, far, was[i]!, was[i + 1]! + was[i + stride]!), frame.coded[b]!);
    frame.coded[b] = coded[i]!;
    if (!coded[i]) {
      frame.sources[b] = first ? BACKGROUND : PREVIOUS;
      return;
    }
    const around = [i - 1, i - stride].filter(at => coded[at]).map(at => sources[at]!);
    if (was[i]) around.push(from[i]!);
    const question = (n: number, yes: (source: number) => boolean): number =>
      coder.bit(sourceContext(n, around.filter(yes).length, around.length), yes(frame.sources[b]!) ? 1 : 0);
    let source = BACKGROUND;
    if (!first && question(0, s => s === PREVIOUS)) source = PREVIOUS;
    else if (!first && question(1, s => s === MOVED)) source = MOVED;
    else if (question(2, s => s === FLAT)) source = FLAT;
    sources[i] = source;
    frame.sources[b] = source;
    if (source === MOVED) codeVector(coder, memory, frame, sources, i, b);
  });
  return { coded, sources };
}

/** The vector of block b less that of the first moved block of left, above, above right. */
function codeVector(coder: FrameCoder, memory: Memory, { vectors }: Frame, sources: Uint8Array, i: number, b: number): void {
  const { stride, cols } = memory.factors[0]!;
  const from = [[i - 1, b - 1], [i - stride, b - cols], [i - stride + 1, b - cols + 1]].find(([at]) => sources[at!] === MOVED)?.[1];
  for (const axis of [0, 1]) {
    const expected = from === undefined ? 0 : vectors[2 * from + axis]!;
    const d = vectors[2 * b + axis]! - expected;
    let size = coder.bit(vectorContext(axis, from === undefined ? 0 : 1), d ? 1 : 0);
    if (size) {
      const negative = coder.bit(vectorContext(axis, 2), d < 0 ? 1 : 0);
      size += codeGolomb(coder, i => vectorContext(axis, 3 + i), 1, Math.abs(d) - 1);
      vectors[2 * b + axis] = expected + (negative ? -size : size);
    } else vectors[2 * b + axis] = expected;
  }
}

const bucket = (sum: number): number => (sum < 3 ? sum : sum < 5 ? 3 : sum < 7 ? 4 : sum < 11 ? 5 : sum < 20 ? 6 : 7);

function codePlane0(coder: FrameCoder, memory: Memory, c: number, role: number, levels: Int32Array): void {
  const { values, living, positions, stride } = memory.factors[c]!;
  const luma = role ? memory.factors[c - role]!.values : undefined;
  const before = memory.energies[c]!;
  const size = (i: number): number => Math.abs(values[i]!) >> 1;
  for (const b of living) {
    const i = positions[b]!;
    const around = bucket(2 * (size(i - 1) + size(i - stride)) + size(i - stride - 1) + size(i - stride + 1));
    const energy = before[i]!;
    const t = energy < 16 ? 0 : energy < 80 ? 1 : energy < 300 ? 2 : 3;
    const other = luma ? Math.min(2, Math.abs(luma[i]!) >> 1) : 0;
    const level = levels[b * 64]!;
    let m = coder.bit(zeroContext(role, around, t, other), level ? 1 : 0);
    if (m) {
      const beside = Math.sign(values[i - 1]!) + Math.sign(values[i - stride]!);
      const negative = coder.bit(signContext(role, beside, luma ? Math.sign(luma[i]!) : 0), level < 0 ? 1 : 0);
      const most = Math.abs(level);
      while (m < 16 && coder.bit(largerContext(role, around, m), most > m ? 1 : 0)) m++;
      if (m === 16) m += codeGolomb(coder, escapeContext, 2, most - 16);
      values[i] = negative ? -2 * m : 2 * m;
    }
  }
}

/** An Exp-Golomb code of order k with adaptive bits: contexts 0 to 19 the steps, 20 the first bit that follows, 21 the others. */
function codeGolomb(coder: FrameCoder, context: (i: number) => number, k: number, value: number): number {
  let base = 0;
  let e = 0;
  while (e < 18 && coder.bit(context(e), value >= base + 2 ** k ? 1 : 0)) {
    base += 2 ** k++;
    e++;
  }
  let rest = 0;
  for (let i = k - 1; i >= 0; i--) rest += coder.bit(context(i === k - 1 ? 20 : 21), ((value - base) >> i) & 1) << i;
  return base + rest;
}
