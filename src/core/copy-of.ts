import type { Raster } from './raster.js';

/** A copy of the samples in memory of its own. `slice` of a Node Buffer, which is a Uint8Array, would return a view. */
export const copyOf = <T extends Raster['data']>(data: T): T => Uint8Array.prototype.slice.call(data) as T;
