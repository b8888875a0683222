import { synthesise as plainSynthesise } from './blocks.js';

/** Kernels may replace this, with the same results to the bit. */
export let synthesise = plainSynthesise;

/** Uses this from now on; without an argument, the JavaScript. */
export function useSynthesise(other = plainSynthesise): void {
  synthesise = other;
}
