/** v, limited to low .. high. */
export const clamp = (low: number, v: number, high: number): number => (v < low ? low : v > high ? high : v);
