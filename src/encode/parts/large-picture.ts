import { toChannels } from '../../colour/analysis-kernels.js';
import { colourBasis } from '../../colour/basis.js';
import type { Plane } from '../../core/plane.js';
import type { Raster } from '../../core/raster.js';
import { giveBack, spareFloats, sparePlane } from '../../core/spare.js';
import { analyse } from '../../matrices/analyse.js';
import { gridOf } from '../../matrices/blocks.js';
import { around, rowsIn } from '../../parts/windows.js';
import type { Window } from '../../planes/factors.js';
import type { Weights } from '../../planes/weights.js';

/**
 * A large picture. Its channels are computed anew for each part that is worked on: all of them at once, as 32-bit numbers, would take too
 * much memory. Threads may share its samples.
 */
export interface LargePicture {
  raster: Raster;
  colour: [number, number, number];
  /** The eye's measure; undefined where all errors count alike. */
  weights: Weights | undefined;
}

/** The channels of a picture in a window of blocks, as far as it lies in the picture. */
export function planesIn({ raster, colour, weights }: LargePicture, window: Window): Plane[] {
  return toChannels(rasterIn(raster, window), colourBasis(colour, weights), sparePlane);
}

/** X V of the blocks in a window, by channel: see Analysis. The blocks around the window, which overlap it, are taken into account. */
export function channelsIn(picture: LargePicture, window: Window): Float32Array[] {
  const { width, height } = picture.raster;
  const wide = around(window, 1, gridOf(width, height, 8));
  const inner = { ...window, left: window.left - wide.left, top: window.top - wide.top };
  return planesIn(picture, wide).map(plane => {
    const grid = gridOf(plane.width, plane.height, 8);
    const coefficients = spareFloats(64 * grid.cols * grid.rows);
    analyse(plane, grid, coefficients);
    const inside = spareFloats(64 * inner.cols * inner.rows);
    for (const { at, from, length } of rowsIn(inner, grid.cols))
      inside.set(coefficients.subarray(from * 64, (from + length) * 64), at * 64);
    giveBack(plane, coefficients);
    return inside;
  });
}

/** The pixels in a window of blocks, as far as it lies in the picture. */
export function rasterIn(raster: Raster, { left, top, cols, rows }: Window): Raster {
  const { channels } = raster;
  const width = Math.min(8 * cols, raster.width - 8 * left);
  const height = Math.min(8 * rows, raster.height - 8 * top);
  const data = new (raster.data.constructor as Uint8ArrayConstructor)(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((8 * top + y) * raster.width + 8 * left) * channels;
    data.set(raster.data.subarray(from, from + width * channels) as Uint8Array, y * width * channels);
  }
  return { ...raster, width, height, data };
}
