/** Taps: six pairs of neighbours, each clipped wide, then the same six clipped narrow. */
export const TAPS = 12;
/** Filters of the first channel. */
export const GROUPS = 12;
