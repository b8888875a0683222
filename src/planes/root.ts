/** The square root of an integer below 2^30, rounded: the largest r with r (r - 1) < n, 0 for 0. The root of a double is never so near to a half that its sum would round. */
export const root = (n: number): number => (Math.sqrt(n) + 0.5) | 0;
