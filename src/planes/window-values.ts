import type { Factor } from './factor.js';

/** Zeroed values for the factors of this many channels of a window. Reuses the memory of the last window if it is large enough. */
export function windowValues(
  channels: number,
  { places }: Pick<Factor, 'places' | 'cols' | 'rows'>,
): Int32Array[] {
  return Array.from({ length: channels }, (_, c) => {
    const before = last[c];
    if (before && before.length >= 64 * places) return before.subarray(0, 64 * places).fill(0);
    return (last[c] = new Int32Array(64 * places));
  });
}
const last: Int32Array[] = [];
