import type { Failure } from './failure.js';

/** From a thread: how far it is, and at the end what came of it. */
export type Reply = { progress: number } | { result: unknown } | { failure: Failure };
