import { mixedErrors as plainMixedErrors } from './mixed-errors.js';

/** What others may put their own in place of, to the same bits. */
export let mixedErrors = plainMixedErrors;

/** From now on this is used. Without any, that of before. */
export function useMixedErrors(other = plainMixedErrors): void {
  mixedErrors = other;
}
