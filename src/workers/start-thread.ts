import { Worker } from 'node:worker_threads';
import { systemCode } from '../io/errors.js';

/** Megabytes for young objects in a thread, half of the engine's default: most of the work is done in arrays, which are elsewhere. */
const YOUNG = 24;

/** What Node says of a file that is not there, or whose place a bundler has left out or replaced. */
const MISSING = ['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_INVALID_ARG_TYPE', 'ERR_INVALID_URL'];

/**
 * Starts a thread of the pool. `died` is called when it has ended, with the reason. Throws where no thread can be started. In a bundled
 * program the file of the threads is missing, and Node's permission model may forbid threads; both then say so.
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

function explained(error: unknown): unknown {
  if (MISSING.includes(systemCode(error)))
    return new Error('the threads of lowrank are not beside its code: leave the package out of the bundle', {
      cause: error,
    });
  // A thread may also be denied a file.
  const { permission, code } = error as { permission?: string; code?: string };
  if (permission !== 'WorkerThreads') return error;
  return Object.assign(new Error('no threads are permitted: give Node the option --allow-worker'), { code });
}
