/** The quantiser step is stored as an integer code of this many bits. */
export const STEP_BITS = 12;

/**
 * Quantiser step of a code 0 to 4095: (256 + low 8 bits) x 2^(high 4 bits) / 2^14. It goes from 1/64 to 1,022 in units of 1 / 255 of the
 * peak, in ratios of at most 1 + 1/256.
 */
export function stepOf(code: number): number {
  return ((256 + (code & 255)) * (1 << (code >> 8))) / 16384;
}

/** The code of the largest step not above `step`, clamped to what can be stored. */
export function stepCode(step: number): number {
  let low = 0;
  let high = 2 ** STEP_BITS - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stepOf(middle) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}
