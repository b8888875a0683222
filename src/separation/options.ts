import { checkFollowing } from '../core/check-following.js';
import { fail } from '../core/errors.js';

/** How the background is found; see `separate`. */
export const METHODS = ['svd', 'rpca', 'online'] as const;
export type Method = (typeof METHODS)[number];

export interface SeparateOptions {
  /** Default 'svd'. */
  method?: Method;
  /** Rank of the background in time, 1 to 16 and less than the number of frames; default 1. */
  rank?: number;
  /** Aborts the separation, which then throws ABORTED. */
  signal?: AbortSignal | undefined;
  /** Called now and then with the share done, 0 to 1. */
  onProgress?: (fraction: number) => void;
}

/** More terms would fit what moves, which would then no longer be foreground. */
export const MAX_RANK = 16;

/** Samples of all frames together, 4 bytes each, and 32 in principal component pursuit. 'online' has no limit. */
export const MAX_SAMPLES = Object.freeze({ svd: 2 ** 29, rpca: 2 ** 26, online: Number.POSITIVE_INFINITY });

/** Throws OPTION unless every option is valid. */
export function checkOptions(options: SeparateOptions): { method: Method; rank: number } {
  const { method = 'svd', rank = 1 } = options;
  checkFollowing(options);
  if (!METHODS.includes(method)) fail('OPTION', 'method', method, METHODS.join(', '));
  if (!Number.isInteger(rank) || rank < 1 || rank > MAX_RANK)
    fail('OPTION', 'rank', rank, `an integer from 1 to ${MAX_RANK}`);
  return { method, rank };
}

/** Throws OPTION if there are too few frames for a clip, or for a background of this rank. */
export function checkCount(frames: number, rank: number): void {
  if (frames < 2) fail('OPTION', 'frames', frames, '2 or more');
  if (rank >= frames) fail('OPTION', 'rank', rank, `less than the number of frames, ${frames}`);
}
