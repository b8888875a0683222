import { ThreadPool } from './pool.js';

let pool: ThreadPool | undefined;

/** The threads of this process that `encodeAsync` and `decodeAsync` share, one a core; started on first use. */
export function sharedPool(): ThreadPool {
  pool ??= new ThreadPool();
  return pool;
}
