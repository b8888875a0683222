import type { Predictor } from '../factors/predictor.js';
import { ALIVE_FEATURES, type PlaneContext, planeContext } from '../planes/contexts.js';
import { type Factor, rowsOf } from '../planes/factor.js';
import { BANDS8, ORDER8 } from '../planes/order.js';
import { aliveContext, ESCAPE, magnitudeContext, signOf, zeroContext } from '../planes/states.js';
import { CLASSES } from '../runs/runs.js';
import { ALIVE_WEIGHTS } from '../tables/tables.js';
import { VISIT } from './coder-state.js';
import { type Placed, placedAt, putLiving, putRows } from './placed-factors.js';
import type { Room } from './room.js';

/** Two weights in one word, the second in the upper half. */
const pair = (a: number, b: number): number => (a & 0xffff) | (b << 16);

/** Addresses that a visit needs for writing: the levels, the bold marks, the notes and the costs; 0 for none. */
export interface Written {
  levels: number;
  bold: number;
  notes: number;
  costs: number;
}

/**
 * Copies a channel's regressions into its room. Returns the words of the visit: their number, and for each the values of the plane and the
 * sums.
 */
function regressions(factor: Factor, { room, sums }: Placed, plane: number): number[] {
  const words = factor.regressions.flatMap((on, n) => {
    const { squares, products } = sums[n]!;
    if (!room.holds(on.squares)) {
      on.squares = moved(on.squares, room, squares);
      on.products = moved(on.products, room, products);
    }
    return [on.x.byteOffset + plane, squares, products];
  });
  return [factor.regressions.length, ...words, ...new Array<number>(6 - words.length).fill(0)];
}

function moved(from: Int32Array, room: Room, at: number): Int32Array {
  const to = new Int32Array(room.buffer, at, from.length);
  to.set(from);
  return to;
}

/** Writes numbers from word `at` on. In groups: one long list of spread arrays takes the engine a tenth of a second to compile. */
function layGroups(words: Int32Array, at: number, groups: readonly ArrayLike<number>[]): void {
  for (const group of groups) {
    words.set(group, at);
    at += group.length;
  }
}

/** Describes the visit of plane k of a part, as Visit in kernels/planes.ts, and returns its context. */
export function layVisit(
  placed: Placed,
  factors: Factor[],
  channel: number,
  role: number,
  k: number,
  predictor: Predictor | undefined,
  part: number,
  written?: Written,
): PlaneContext {
  const context = planeContext(factors, channel, role, k, predictor);
  const { own, luma, expectation: w, prediction, taps, marks, type } = context;
  const { room } = placed;
  const { words, lists } = room;
  const plane = 4 * k * own.places;
  const living = own.living[part]!;
  putLiving(placed, living);
  const rows = rowsOf(own, k);
  const column = 8 * own.columnWeights[k]!;
  const at = (n: number): number => room.contexts + 6 * n;
  let list = lists >> 2;
  if (prediction)
    for (const { values, at, weight } of prediction.terms) {
      words[list++] = values.byteOffset + 4 * at;
      words[list++] = weight;
    }
  else
    for (let t = 0; t < taps.length; t += 2) {
      words[list++] = 4 * taps[t]!;
      words[list++] = taps[t + 1]!;
    }
  const { left, up, upLeft, left2, up2, diagonal } = context;
  layGroups(words, room.visit >> 2, [
    [placed.blocks, living.length, 0, placed.positions, 4 * own.stride, plane],
    [own.values.byteOffset, own.magnitudes.byteOffset, own.activity.byteOffset, marks.byteOffset],
    [
      putRows(placed, rows, rows === own.fineRowWeights ? 1 : 0),
      room.wholeNorms + column / 2,
      room.steps + column,
    ],
    [4 * left, 4 * up, 4 * upLeft, 4 * left2, 4 * up2, 4 * diagonal],
    [luma ? luma.magnitudes.byteOffset + plane : own.magnitudes.byteOffset, luma ? 1 : 0],
    [pair(w[2]!, w[5]!), pair(w[1]!, w[6]!), pair(w[3]!, w[7]!), pair(0, w[9]!)],
    [pair(w[4]!, w[4]!), pair(w[0]!, w[8]!), pair(0, w[8]!), pair(0, w[15]!)],
    [w[10]!, w[11]!, w[12]!, w[13]!, w[14]!, w[16]!, 16 * w[17]!, w[18]!, context.gain],
    [lists, prediction ? 0 : taps.length / 2, context.mean[4]!],
    regressions(own, placed, plane),
    [prediction?.trust ?? -1, lists, prediction?.terms.length ?? 0],
    Array.from({ length: CLASSES }, (_, run) => at(zeroContext(type, 0, own.block === 8 ? run : 0))),
    [at(magnitudeContext(type, 1, 0)), at(signOf(context, 0)), at(ESCAPE), signOf(context, 0)],
    written ? [written.levels, written.bold, written.notes, written.costs] : [],
  ]);
  return context;
}

/** Describes the visit of the alive flags of a part before a band, as Flags in kernels/planes.ts. */
export function layFlags(
  placed: Placed,
  factors: Factor[],
  channel: number,
  role: number,
  band: number,
  part: number,
  written: readonly number[] = [],
): void {
  const factor = factors[channel]!;
  const luma = role > 0 ? factors[channel - role] : undefined;
  const { room } = placed;
  const living = factor.living[part]!;
  putLiving(placed, living);
  const k = ORDER8[BANDS8[band - 1]!]!;
  const rows = rowsOf(factor, k);
  const w = ALIVE_WEIGHTS.slice((band - 1) * ALIVE_FEATURES, band * ALIVE_FEATURES);
  layGroups(room.words, room.visit >> 2, [
    [placed.blocks, living.length, 0, 0, placed.positions, factor.stride],
    [factor.activity.byteOffset, factor.alive.byteOffset],
    [
      putRows(placed, rows, rows === factor.fineRowWeights ? 1 : 0),
      room.wholeNorms + 4 * factor.columnWeights[k]!,
    ],
    [luma?.activity.byteOffset ?? 0, luma?.alive.byteOffset ?? 0],
    w,
    [room.contexts + 6 * aliveContext(role, band, 0), factor.ends.byteOffset, BANDS8[band]!, band],
    written,
  ]);
}

/** The placed factor of a channel, if all that the channel looks at is in the same room; else undefined. */
export function placedTogether(factors: Factor[], channel: number, role: number): Placed | undefined {
  const placed = placedAt(factors[channel]!);
  if (!placed || (role && placedAt(factors[channel - role]!)?.room !== placed.room)) return undefined;
  return placed;
}

/** Takes over which blocks go on after a visit of flags. */
export function keepLiving(placed: Placed, factor: Factor, part: number): void {
  const { words, visit } = placed.room;
  const at = placed.blocks >> 2;
  factor.living[part] = placed.living = words.slice(at, at + words[(visit >> 2) + VISIT.kept]!);
}
