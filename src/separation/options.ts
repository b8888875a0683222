import { fail } from '../core/errors.js';

/** How the background is found; see `separate`. */
export const METHODS = ['svd', 'rpca', 'online'] as const;
export type Method = (typeof METHODS)[number];

export interface SeparateOptions {
  /** Default 'svd'. */
  method?: Method;
  /** Rank of the background in time, 1 to 16 and less than the number of frames; default 1. */
  rank?: number;
  /** Asks to stop between two steps of the work. */
  signal?: AbortSignal;
  /** Told the share of the frames done, 0 to 1; never by 'online', which does not know how many are to come. */
  onProgress?: (fraction: number) => void;
}

/** Many components fit anything that moves: they would no longer be the background. */
export const MAX_RANK = 16;

/** Throws OPTION where an option is not what `separate` takes. */
export function checkOptions({ method = 'svd', rank = 1 }: SeparateOptions): {
  method: Method;
  rank: number;
} {
  if (!METHODS.includes(method)) fail('OPTION', 'method', method, METHODS.join(', '));
  if (!Number.isInteger(rank) || rank < 1 || rank > MAX_RANK)
    fail('OPTION', 'rank', rank, `an integer from 1 to ${MAX_RANK}`);
  return { method, rank };
}
