import { type Factor, positionOf } from './factor.js';

/** For each block of a channel, in raster order: 1 where it has a value other than zero in some plane but plane 0, else 0. */
export function codedBlocks(of: Factor): Uint8Array {
  // Four magnitudes a look; that of plane 0 is always 0.
  const fours = new Uint32Array(of.magnitudes.buffer);
  return new Uint8Array(of.cols * of.rows).map((_, b) => {
    const from = positionOf(of, b) * 16;
    return fours.subarray(from, from + 16).some(four => four) ? 1 : 0;
  });
}
