import type { Factor } from './factor.js';

/** Values of the factors of so many channels of a window, all 0, in the place of those of the window before, if these were as many or more. */
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
