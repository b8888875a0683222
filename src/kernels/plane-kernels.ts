import type { Factors } from '../planes/factors.js';
import type { PlaneKernels } from '../planes/kernels.js';
import { type Reader, readAlive, readPlane } from '../planes/read.js';
import { CODER, VISIT } from './coder-state.js';
import { inTurn } from './in-turn.js';
import type { Machine, Visiting } from './machine.js';
import { LEAST, type More, placingFactors } from './placed-factors.js';
import { BLOCK_BYTES, type Room, WINDOW } from './room.js';
import { keepLiving, layFlags, layVisit, placedTogether } from './visit-layout.js';

/**
 * Runs a reading kernel over all blocks of the visit described in the room, on the reader's coder and contexts. Throws as the coder does.
 */
function read(room: Room, { coder, states }: Reader, run: Visiting): void {
  const { words, bytes, shorts, window } = room;
  const state = room.coder >> 2;
  const visit = room.visit >> 2;
  shorts.set(states.state, room.contexts >> 1);
  do {
    const { position, end, leftOut, source } = coder;
    const here = Math.max(0, Math.min(end - position, WINDOW));
    bytes.set(source.subarray(position, position + here), window);
    words[state + CODER.range] = coder.range;
    words[state + CODER.word] = coder.word;
    words[state + CODER.next] = window;
    words[state + CODER.end] = window + here;
    words[state + CODER.soft] =
      window + (position + here < end ? here - BLOCK_BYTES : Math.max(-1, end + leftOut - position));
    run(room.visit, room.coder);
    coder.range = words[state + CODER.range]!;
    coder.word = words[state + CODER.word]!;
    coder.position = position + words[state + CODER.next]! - window;
    if (coder.position > end + leftOut) coder.byte();
  } while (words[visit + VISIT.next]! < words[visit + VISIT.count]!);
  const at = room.contexts >> 1;
  states.state.set(shorts.subarray(at, at + states.state.length));
}

/** Reading of planes. Factors of at least `least` numbers are placed in a room; others are read by JavaScript. */
export const planeKernels = (
  machine: Machine,
  least = LEAST,
  more?: (factors: Factors) => More,
): PlaneKernels => ({
  emptyFactors: placingFactors(machine, least, more),
  inTurn,

  readAlive(reader, factors, channel, role, band, part = 0) {
    const placed = placedTogether(factors, channel, role);
    if (!placed) return readAlive(reader, factors, channel, role, band, part);
    const { room } = placed;
    layFlags(placed, factors, channel, role, band, part);
    read(room, reader, room.run.readAlive);
    keepLiving(placed, factors[channel]!, part);
  },

  readPlane(reader, factors, channel, role, k, predictor, part = 0) {
    const placed = placedTogether(factors, channel, role);
    if (!placed) return readPlane(reader, factors, channel, role, k, predictor, part);
    layVisit(placed, factors, channel, role, k, predictor, part);
    read(placed.room, reader, placed.room.run.readPlane);
  },
});
