import { gatherStatistics as plainGatherStatistics } from './statistics.js';

/** Kernels may replace this, with the same results to the bit. Separate from `kernels.ts`, which a decoder loads. */
export let gatherStatistics = plainGatherStatistics;

/** Uses this from now on; without an argument, the JavaScript. */
export function useGatherStatistics(other = plainGatherStatistics): void {
  gatherStatistics = other;
}
