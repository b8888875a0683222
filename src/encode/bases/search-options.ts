import type { CodeOptions } from '../code-at-step.js';

/** Options of the search for bases and predictors, and of the codings that it tries. */
export interface SearchOptions extends CodeOptions {
  /** Search where the picture hardly repeats itself, too. Default false. */
  everywhere?: boolean;
  /** Called with the share of the search that is done, 0 to 1. */
  tell?: (done: number) => void;
}
