import { type Arrays, deskOf, type emptyDesk, PLAIN } from '../encode/levels/desk.js';
import { emptyFactors } from '../planes/factors.js';
import { DESK, placeDesk } from './desk-places.js';
import type { Machine } from './machine.js';
import { noInts, placedAt, placeFactors } from './placed-factors.js';
import { recomposingIn } from './recompose-kernel.js';
import type { Room } from './room.js';

/**
 * Makes desks in a room of their own, with space for the levels of all planes. If factors get no room, the desk is made as without kernels.
 */
export const placingDesk =
  (machine: Machine, least: number): typeof emptyDesk =>
  (shape, windows) => {
    const factors = emptyFactors(shape, windows, noInts);
    const list = [...factors.channels, ...factors.thumbs];
    const more = recomposingIn(factors);
    const counted = (bytes: number): void => {
      more.bytes += bytes;
      more.pieces++;
    };
    deskOf(factors, counting(counted));
    for (const { positions, size } of list) counted(4 * positions.length * size);
    DESK.forEach(counted);
    const room = placeFactors(machine, least, factors, more);
    if (!room) return deskOf(factors, PLAIN);
    for (const factor of list)
      placedAt(factor)!.planes = room.take(4 * factor.positions.length * factor.size);
    const desk = deskOf(factors, arraysOf(room));
    placeDesk(room, desk.sums.around.byteOffset);
    return desk;
  };

/** Makes empty arrays, and counts the bytes they should have. */
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

/** Makes arrays in a room. */
const arraysOf = (room: Room): Arrays => ({
  bytes: length => new Uint8Array(room.buffer, room.take(length), length),
  ints: length => room.ints(length),
  words: length => new Uint32Array(room.buffer, room.take(4 * length), length),
  floats: length => new Float32Array(room.buffer, room.take(4 * length), length),
});
