/**
 * The square root of an integer below 2^30, rounded: the largest r with r (r - 1) < n, or 0 for 0. The root as a double is never near
 * enough to a half for the sum to round.
 */
export const root = (n: number): number => (Math.sqrt(n) + 0.5) | 0;
