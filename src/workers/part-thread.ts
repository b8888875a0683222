import '../kernels/install.js';
import { parentPort } from 'node:worker_threads';
import { type PartQueue, workOn } from './part-queue.js';

// A thread that works on parts of pictures for another, which waits for it.

parentPort!.on('message', (queue: PartQueue) => {
  try {
    workOn(queue);
  } catch {
    // The waiting thread repeats the part, and meets the error itself.
  }
});
