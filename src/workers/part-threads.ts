import { Worker } from 'node:worker_threads';
import { useRoom } from '../core/room.js';
import { countOf, type PartQueue, type PartWork, partQueue, workOn, workOnPart } from './part-queue.js';

/** From now on large arrays lie in memory that threads share, where there are several. */
export const shareMemory = (threads: number): void =>
  useRoom(threads > 1 ? bytes => new SharedArrayBuffer(bytes) : undefined);

/** Threads beside this one, begun when they are first of use. They do not keep the process alive. */
const helpers: Worker[] = [];

/** Megabytes of young objects that a helper may have: see ThreadPool; it makes fewer. */
const YOUNG = 8;

/** Milliseconds after which a part that is not done is taken for lost, its thread having died; and how many times the time that this thread has worked. */
const PATIENCE = 10_000;
const TIMES = 4;

/** Has the parts of a picture worked on by so many threads, this one among them, which waits for the others. `tell` is called now and then with the number of parts that are done, and of all. */
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
  // All parts are taken, and others may still be at work on theirs.
  for (let n = 0; n < count; n++) {
    Atomics.wait(state, n + 1, 0, Math.max(PATIENCE, TIMES * mine));
    news?.();
    // What has failed elsewhere fails here with its reason, or is done.
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
