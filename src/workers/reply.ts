import type { Failure } from './failure.js';

/** From a thread: its progress, and at the end its result. */
export type Reply = { progress: number } | { result: unknown } | { failure: Failure };
