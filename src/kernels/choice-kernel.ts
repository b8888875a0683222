import { CostMeter } from '../encode/levels/costs.js';
import { DIRECTIONS, optimiseChannel } from '../encode/levels/quantise.js';
import { aliveCosts, scalesOf } from '../encode/levels/scales.js';
import { type Factor, rowsOf } from '../planes/factor.js';
import type { Notes } from '../planes/notes.js';
import { BANDS8, ORDER8 } from '../planes/order.js';
import { stepOf } from '../planes/step.js';
import { EXPONENT_ORIGIN } from '../planes/weights.js';
import { deskIn } from './desk-places.js';
import { type Placed, placedAt, putRows } from './placed-factors.js';

/** Bytes of ChosenPlane in kernels/choose.ts. */
const CHOSEN_PLANE = 32;
/** Offset of the errors by band in the description of the work. */
const ERRORS = 128;
const EVEN = BANDS8.map(() => 1);

/** Describes the planes in order, from the second on, as ChosenPlane in kernels/choose.ts. */
function layPlanes(
  placed: Placed,
  table: number,
  factor: Factor,
  { coefficients }: Notes,
  gradient?: Float32Array,
): void {
  const { room } = placed;
  const { places, columnWeights, positions, runs, stride, cols } = factor;
  for (let n = 1; n < 64; n++) {
    const k = ORDER8[n]!;
    const direction = DIRECTIONS[k]!;
    const rows = rowsOf(factor, k);
    room.words.set(
      [
        ...[4 * k, coefficients.byteOffset + 4 * k * positions.length, runs[direction]!.byteOffset],
        putRows(placed, rows, rows === factor.fineRowWeights ? 1 : 0),
        gradient ? gradient.byteOffset + 4 * k * places : 0,
        room.steps + 8 * columnWeights[k]!,
        ...[direction ? 1 : stride, direction ? 1 : cols],
      ],
      (table + CHOSEN_PLANE * n) >> 2,
    );
  }
}

/** Chooses the levels of a channel whose arrays are on a desk in a room. */
export const optimiseChannelKernel: typeof optimiseChannel = (
  channel,
  coefficients,
  notes,
  meter,
  role,
  rank,
  lambda,
  circumstances = {},
) => {
  const { levels, lastBand } = channel;
  const { own, externals, fine, errors = EVEN } = circumstances;
  const placed = own && placedAt(own);
  const desk = deskIn(placed?.room);
  const arrays = [levels, lastBand, coefficients, notes.coefficients, notes.alive];
  if (externals) arrays.push(externals.gradient);
  if (fine) arrays.push(fine.ratios);
  const isHere = arrays.every(array => placed?.room.holds(array));
  if (
    !own ||
    !placed ||
    !desk ||
    !isHere ||
    meter.constructor !== CostMeter ||
    (fine && !role && fine.luma !== own)
  ) {
    optimiseChannel(channel, coefficients, notes, meter, role, rank, lambda, circumstances);
    return;
  }
  const { room } = placed;
  const scales = scalesOf(meter, role ? 1 : 0, lambda);
  for (const [run, contexts] of scales.zero.entries())
    room.floats.set(contexts, (desk.zero >> 2) + run * contexts.length);
  room.floats.set(scales.sizes, desk.sizes >> 2);
  room.doubles.set(aliveCosts(meter, role, rank, lambda), desk.flags >> 3);
  room.shorts.set(meter.states.state, room.contexts >> 1);
  room.price();
  layPlanes(placed, desk.planes, own, notes, externals?.gradient);
  room.doubles.set([lambda, fine ? Math.floor(8 * stepOf(fine.step) + 0.5) : 0], desk.work >> 3);
  room.doubles.set(errors, (desk.work + ERRORS) >> 3);
  room.words.set(
    [
      ...[lastBand.length, rank, fine ? (role ? 2 : 1) : 0, fine ? fine.weights.texture : 0],
      ...[own.stride, own.cols, coefficients.byteOffset, levels.byteOffset, lastBand.byteOffset],
      ...[notes.alive.byteOffset, placed.positions, fine?.ratios.byteOffset ?? 0],
      ...[putRows(placed, own.rowWeights, 0), putRows(placed, own.fineRowWeights, 1)],
      ...[room.steps + 8 * EXPONENT_ORIGIN, desk.flags, desk.zero, desk.sizes, desk.planes, room.contexts],
      desk.work + ERRORS,
    ],
    (desk.work >> 2) + 4,
  );
  room.run.optimiseChannel(desk.work, room.coder);
};
