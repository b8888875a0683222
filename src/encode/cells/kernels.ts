import { freshPixels as plainFreshPixels } from './fresh-pixels.js';

/** What others may put their own in place of, to the same bits. */
export let freshPixels = plainFreshPixels;

/** From now on this is used. Without any, that of before. */
export function useFreshPixels(other = plainFreshPixels): void {
  freshPixels = other;
}
