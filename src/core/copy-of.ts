import type { Raster } from './raster.js';

/** The same numbers in memory of their own. `slice` of Node's Buffer, which is a Uint8Array, would give a view of the same memory. */
export const copyOf = <T extends Raster['data']>(data: T): T => Uint8Array.prototype.slice.call(data) as T;
