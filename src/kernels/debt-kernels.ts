import { addPlane, addSums } from '../encode/levels/debts.js';
import type { LevelKernels } from '../encode/levels/kernels.js';
import { rowsOf } from '../planes/factor.js';
import { deskIn, roomHolding } from './desk-places.js';
import { placedAt, putRows } from './placed-factors.js';

/** Debts of coefficients, for channels whose arrays are on a desk in a room. */
export const debtKernels: Pick<LevelKernels, 'addPlane' | 'addSums'> = {
  addPlane(context, channel, debts, band) {
    const { own, k, left, up, upLeft, left2, up2, diagonal, expectation, gain, marks } = context;
    const { levels, lastBand, coefficients, zeroSlopes, sizeSlopes } = channel;
    const { g, activity, luma, eastSouth, around } = debts;
    const placed = placedAt(own);
    const desk = deskIn(placed?.room);
    const arrays = [levels, lastBand, coefficients, g, luma ?? g, activity, eastSouth, around];
    if (!placed || !desk || !arrays.every(array => placed.room.holds(array))) {
      addPlane(context, channel, debts, band);
      return;
    }
    const { room } = placed;
    const { places, positions } = own;
    const blocks = positions.length;
    const rows = rowsOf(own, k);
    const plane = 4 * k * places;
    room.doubles.set(expectation, desk.weights >> 3);
    room.doubles[(desk.weights >> 3) + expectation.length] = gain;
    for (const [run, slopes] of zeroSlopes.entries())
      room.floats.set(slopes, (desk.zero >> 2) + run * slopes.length);
    room.floats.set(sizeSlopes, desk.sizes >> 2);
    room.words.set(
      [
        ...[desk.weights, blocks, places, 4 * own.stride, band, levels.byteOffset + 4 * k],
        ...[coefficients.byteOffset + 4 * k * blocks, lastBand.byteOffset, placed.positions],
        ...[marks.byteOffset, putRows(placed, rows, rows === own.fineRowWeights ? 1 : 0)],
        ...[room.norms + 8 * own.columnWeights[k]!, own.magnitudes.byteOffset],
        ...[left, up, upLeft, left2, up2, diagonal].map(place => 4 * place),
        ...[desk.zero, desk.sizes, g.byteOffset, g.byteOffset + plane, luma ? luma.byteOffset + plane : 0],
        ...[eastSouth.byteOffset, around.byteOffset, activity.byteOffset],
      ],
      desk.work >> 2,
    );
    room.run.addPlane(desk.work);
  },

  addSums(g, sums, places, stride) {
    const { eastSouth, around } = sums;
    const room = roomHolding(g, eastSouth, around);
    if (!room) {
      addSums(g, sums, places, stride);
      return;
    }
    const from = (gradient: Float32Array): number => gradient.byteOffset + 4 * places;
    room.run.addSums(from(g), from(eastSouth), from(around), 4 * stride, g.length - stride - places);
  },
};
