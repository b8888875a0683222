import { gatherStatistics as plainGatherStatistics } from './statistics.js';

/** What others may put their own in place of, to the same bits; apart from `kernels.ts`, which a decoder has. */
export let gatherStatistics = plainGatherStatistics;

/** From now on this is used. Without any, that of before. */
export function useGatherStatistics(other = plainGatherStatistics): void {
  gatherStatistics = other;
}
