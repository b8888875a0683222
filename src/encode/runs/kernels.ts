import { costsOfRuns as plainCostsOfRuns } from './run-costs.js';

/** What others may put their own in place of, to the same bits. */
export let costsOfRuns = plainCostsOfRuns;

/** From now on this is used. Without any, that of before. */
export function useCostsOfRuns(other = plainCostsOfRuns): void {
  costsOfRuns = other;
}
