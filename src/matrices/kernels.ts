import { synthesise as plainSynthesise } from './blocks.js';

/** What others may put their own in place of, to the same bits. */
export let synthesise = plainSynthesise;

/** From now on this is used. Without any, that of before. */
export function useSynthesise(other = plainSynthesise): void {
  synthesise = other;
}
