import type { Plane } from './plane.js';

/** At most so many arrays are kept. */
const MOST = 12;

const spare: Float32Array<ArrayBuffer>[] = [];

/**
 * So many floats, whatever they are: an array that was given back, or a new one. Memory that the engine has to collect and to ask for anew costs more than what is
 * done with it.
 */
export function spareFloats(length: number): Float32Array<ArrayBuffer> {
  const at = spare.findIndex(data => data.length === length);
  return at < 0 ? new Float32Array(length) : spare.splice(at, 1)[0]!;
}

/** A plane of whatever it may be. */
export const sparePlane = (width: number, height: number): Plane => ({
  width,
  height,
  data: spareFloats(width * height),
});

/** Nobody looks at these arrays, or those of these planes, any more. */
export function giveBack(...all: (Float32Array | { data: Float32Array })[]): void {
  const arrays = all.map(of => (of instanceof Float32Array ? of : of.data));
  for (const data of arrays)
    if (data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength)
      spare.push(data as Float32Array<ArrayBuffer>);
  spare.splice(0, spare.length - MOST);
}

/** Lets all of them go. */
export function letGo(): void {
  spare.length = 0;
}
