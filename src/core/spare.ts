import type { Plane } from './plane.js';

/** At most this many arrays are kept. */
const MOST = 12;
/** An array may be this many times larger than what it is used for: windows at the edges of a picture differ a little in size. */
const ROOM = 1.25;

/** Whole arrays that are free. */
const spare: Float32Array<ArrayBuffer>[] = [];

/** Memory of arrays that were made here. */
const made = new WeakSet<ArrayBuffer>();

/**
 * A float array of this length with any content: one that was given back, a part of one, or a new one. Memory that the engine must collect
 * and ask for anew costs more than the work done in it.
 */
export function spareFloats(length: number): Float32Array<ArrayBuffer> {
  let at = -1;
  for (const [n, { length: held }] of spare.entries())
    if (held >= length && held <= ROOM * length && (at < 0 || held < spare[at]!.length)) at = n;
  if (at >= 0) return spare.splice(at, 1)[0]!.subarray(0, length);
  const data = new Float32Array(length);
  made.add(data.buffer);
  return data;
}

/** A plane with any content. */
export const sparePlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: spareFloats(width * height),
});

/** Gives back these arrays, or those of these planes, for others to use. */
export function giveBack(...all: (Float32Array | { data: Float32Array })[]): void {
  for (const of of all) {
    const { buffer, byteLength } = of instanceof Float32Array ? of : of.data;
    if (buffer instanceof ArrayBuffer && (made.has(buffer) || byteLength === buffer.byteLength))
      spare.push(new Float32Array(buffer));
  }
  spare.splice(0, spare.length - MOST);
}

/** Drops all spare arrays. */
export function letGo(): void {
  spare.length = 0;
}
