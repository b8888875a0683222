import { mixedErrors as plainMixedErrors } from './mixed-errors.js';

/** Kernels may replace this, with the same results to the bit. */
export let mixedErrors = plainMixedErrors;

/** Uses this from now on; without an argument, the JavaScript. */
export function useMixedErrors(other = plainMixedErrors): void {
  mixedErrors = other;
}
