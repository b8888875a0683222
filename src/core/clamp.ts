/** v, or the bound that it is beyond. */
export const clamp = (low: number, v: number, high: number): number => (v < low ? low : v > high ? high : v);
