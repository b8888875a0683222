import { freshPixels as plainFreshPixels } from './fresh-pixels.js';

/** Kernels may replace this, with the same results to the bit. */
export let freshPixels = plainFreshPixels;

/** Uses this from now on; without an argument, the JavaScript. */
export function useFreshPixels(other = plainFreshPixels): void {
  freshPixels = other;
}
