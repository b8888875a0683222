import { Worker } from 'node:worker_threads';
import { systemCode } from '../io/errors.js';

/** Megabytes for young objects in a thread, half of the engine's default: most of the work is done in arrays, which are elsewhere. */
const YOUNG = 24;

/** What Node says of a file that is not there, or whose place a bundler has left out or replaced. */
const MISSING = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_URL'];

/**
 * Starts a thread of the pool. `died` is called when it has ended, with the reason. Throws where no thread can be started. In a bundled
 * program the file of the threads is missing; both then say so.
 */
export function startThread(died: (error: unknown) => void): Worker {
  try {
    const worker = new Worker(new URL('./thread.js', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    });
    worker.on('error', error => died(explained(error)));
    worker.on('exit', code => died(new Error(`a worker thread ended with code ${code}`)));
    return worker;
  } catch (error) {
    throw explained(error);
  }
}

const explained = (error: unknown): unknown =>
  MISSING.includes(systemCode(error))
    ? new Error('the threads of lowrank are not beside its code: leave the package out of the bundle', {
        cause: error,
      })
    : error;
