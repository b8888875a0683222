import type { Plane } from './plane.js';

/** At most so many arrays are kept. */
const MOST = 12;
/** An array is used for so much less than it holds, at most: windows at the edges of a picture are a little smaller or larger than others. */
const ROOM = 1.25;

/** Whole arrays that nobody looks at. */
const spare: Float32Array<ArrayBuffer>[] = [];

/** Memory of arrays that were made here. */
const made = new WeakSet<ArrayBuffer>();

/**
 * So many floats, whatever they are: an array that was given back, or a part of it, or a new one. Memory that the engine has to collect and to ask for anew costs more than what is
 * done with it.
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

/** A plane of whatever it may be. */
export const sparePlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: spareFloats(width * height),
});

/** Nobody looks at these arrays, or those of these planes, any more. */
export function giveBack(...all: (Float32Array | { data: Float32Array })[]): void {
  for (const of of all) {
    const { buffer, byteLength } = of instanceof Float32Array ? of : of.data;
    if (buffer instanceof ArrayBuffer && (made.has(buffer) || byteLength === buffer.byteLength))
      spare.push(new Float32Array(buffer));
  }
  spare.splice(0, spare.length - MOST);
}

/** Lets all of them go. */
export function letGo(): void {
  spare.length = 0;
}
