import { type Arrays, deskOf, type emptyDesk, PLAIN } from '../encode/levels/desk.js';
import { emptyFactors } from '../planes/factors.js';
import type { Machine } from './machine.js';
import { placedAt, placeFactors } from './placed-factors.js';
import { DESK } from './room.js';

/** Desks in a room of their own, with a place for the levels of all planes. Those of factors that have no room are as without kernels. */
export const placingDesk =
  (machine: Machine, least: number): typeof emptyDesk =>
  (shape, windows) => {
    const factors = emptyFactors(shape, windows);
    const list = [...factors.channels, ...factors.thumbs];
    const more = { bytes: 0, pieces: 0 };
    const counted = (bytes: number): void => {
      more.bytes += bytes;
      more.pieces++;
    };
    deskOf(factors, counting(counted));
    for (const { positions, size } of list) counted(4 * positions.length * size);
    DESK.forEach(counted);
    const room = placeFactors(machine, least, factors, more);
    if (!room) return deskOf(factors, PLAIN);
    for (const of of list) placedAt(of)!.planes = room.take(4 * of.positions.length * of.size);
    const desk = deskOf(factors, {
      bytes: length => room.bytesOf(length),
      ints: length => room.ints(length),
      words: length => room.unsigned(length),
      floats: length => room.floatsOf(length),
    });
    room.setDesk(desk.sums.around.byteOffset);
    return desk;
  };

/** Makes empty arrays, and counts the bytes that they should have. */
const counting = (counted: (bytes: number) => void): Arrays => ({
  bytes(length) {
    counted(length);
    return new Uint8Array(0);
  },
  ints(length) {
    counted(4 * length);
    return new Int32Array(0);
  },
  words(length) {
    counted(4 * length);
    return new Uint32Array(0);
  },
  floats(length) {
    counted(4 * length);
    return new Float32Array(0);
  },
});
