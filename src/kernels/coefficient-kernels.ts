import { inSteps } from '../encode/levels/in-steps.js';
import type { LevelKernels } from '../encode/levels/kernels.js';
import { BAND_OF, startChannel } from '../encode/levels/quantise.js';
import { rowsOf } from '../planes/factor.js';
import { markBold } from '../planes/notes.js';
import { ORDER8 } from '../planes/order.js';
import { deskIn, roomHolding } from './desk-places.js';
import { placedAt, putRows } from './placed-factors.js';
import { put } from './room.js';

/** The band of each plane. */
const BANDS = new Int32Array(64);
for (const [n, k] of ORDER8.entries()) BANDS[k] = BAND_OF[n]!;

/**
 * Prepares coefficients for choosing levels: numbers in steps, first levels, bold marks. For factors, levels or notes on a desk in a room.
 */
export const coefficientKernels: Pick<LevelKernels, 'inSteps' | 'startChannel' | 'markBold'> = {
  inSteps(u, factor, step, out = new Float32Array(u.length)) {
    const placed = placedAt(factor);
    const desk = deskIn(placed?.room);
    if (!placed || !desk) return inSteps(u, factor, step, out);
    const { room, positions } = placed;
    const { levels, columns, tables } = desk;
    const to = room.holds(out) ? out.byteOffset : levels;
    room.bytes.set(factor.columnWeights, columns);
    room.bytes.fill(0, tables, tables + 128);
    room.run.inSteps(
      put(room, u, levels),
      to,
      factor.positions.length,
      positions,
      putRows(placed, factor.rowWeights, 0),
      putRows(placed, rowsOf(factor, 63), 1),
      columns,
      room.steps,
      step,
      tables,
    );
    if (to === levels) out.set(room.floats.subarray(to >> 2, (to >> 2) + out.length));
    return out;
  },

  startChannel(u, channel) {
    const { levels, lastBand } = channel;
    const room = roomHolding(levels, lastBand);
    const desk = deskIn(room);
    if (!room || !desk) {
      startChannel(u, channel);
      return;
    }
    room.words.set(BANDS, desk.bands >> 2);
    const from = put(room, u, desk.levels);
    room.run.startChannel(from, lastBand.length, desk.bands, levels.byteOffset, lastBand.byteOffset);
  },

  markBold(notes, wanted, size) {
    const { bold } = notes;
    const room = roomHolding(bold);
    const desk = deskIn(room);
    if (!room || !desk) markBold(notes, wanted, size);
    else room.run.markBold(put(room, wanted, desk.levels), bold.length / size, size, bold.byteOffset);
  },
};
