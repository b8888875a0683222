import { costsOfRuns as plainCostsOfRuns } from './run-costs.js';

/** Kernels may replace this, with the same results to the bit. */
export let costsOfRuns = plainCostsOfRuns;

/** Uses this from now on; without an argument, the JavaScript. */
export function useCostsOfRuns(other = plainCostsOfRuns): void {
  costsOfRuns = other;
}
