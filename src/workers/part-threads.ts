import { Worker } from 'node:worker_threads';
import { useRoom } from '../core/room.js';
import { countOf, type PartQueue, type PartWork, partQueue, workOn, workOnPart } from './part-queue.js';

/** From now on large arrays are made in memory that threads share, if there are several. */
export const shareMemory = (threads: number): void =>
  useRoom(threads > 1 ? bytes => new SharedArrayBuffer(bytes) : undefined);

/** Threads beside this one, started on first use. They do not keep the process alive. */
const helpers: Worker[] = [];

/** Megabytes for young objects in a helper: see startThread; it makes fewer. */
const YOUNG = 8;

/**
 * Milliseconds after which an unfinished part counts as lost, its thread having died; and how many times the working time of this thread.
 */
const PATIENCE = 10_000;
const TIMES = 4;

/**
 * Works on the parts of a picture in several threads, this one among them, which waits for the others. `tell` is called now and then with
 * the number of parts done, and of all.
 */
export function workTogether(
  work: PartWork,
  threads: number,
  tell?: (done: number, count: number) => void,
): void {
  const queue = partQueue(work);
  const { state } = queue;
  const count = countOf(queue);
  for (let n = 0; n < Math.min(threads, count) - 1; n++) {
    helpers[n] ??= begin();
    helpers[n]!.postMessage(queue);
  }
  const news = tell && ((): void => tell(doneOf(queue), count));
  const begun = performance.now();
  workOn(queue, news);
  const mine = performance.now() - begun;
  // All parts are taken; others may still be at work on theirs.
  for (let n = 0; n < count; n++) {
    Atomics.wait(state, n + 1, 0, Math.max(PATIENCE, TIMES * mine));
    news?.();
    // What has failed elsewhere fails here with its reason, or succeeds.
    if (Atomics.load(state, n + 1) !== 1) workOnPart(work, n);
  }
}

const doneOf = ({ state }: PartQueue): number => state.subarray(1).filter(done => done).length;

function begin(): Worker {
  const worker = new Worker(new URL('./part-thread.js', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  });
  worker.unref();
  worker.on('error', () => helpers.splice(0)); // others are begun
  return worker;
}
