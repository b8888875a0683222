import { Worker } from 'node:worker_threads';
import { useRoom } from '../core/room.js';
import { choosePart } from '../encode/parts/choose-part.js';
import { useChooseAll } from '../encode/parts/each-part.js';
import type { PartsWork } from '../encode/parts/parts-work.js';
import { partQueue, workOn } from './part-queue.js';

/** Threads beside this one, begun when they are first of use. They do not keep the process alive. */
const helpers: Worker[] = [];

/** Milliseconds after which a part that is not done is taken for lost, its thread having died; and how many times the longest of this thread's own. */
const PATIENCE = 10_000;
const TIMES = 4;

/** From now on the parts of a picture that this thread encodes are worked on by so many threads, this one among them, to the same bits. */
export function usePartThreads(count: number): void {
  useRoom(count > 1 ? bytes => new SharedArrayBuffer(bytes) : undefined);
  useChooseAll(count > 1 ? (work, tell) => chooseTogether(work, count, tell) : undefined);
}

function chooseTogether(alone: PartsWork, count: number, tell?: (passes: number) => void): void {
  const { parts, options } = alone;
  const queue = partQueue({ ...alone, channels: alone.channels.map(shared) });
  const { work, state } = queue;
  for (let n = 0; n < Math.min(count, parts.length) - 1; n++) {
    helpers[n] ??= begin();
    helpers[n]!.postMessage(queue);
  }
  const share = options.passes / parts.length;
  let told = 0;
  const news = (): void => {
    const done = state.subarray(1).reduce((sum, done) => sum + (done ? 1 : 0), 0);
    tell?.((done - told) * share);
    told = done;
  };
  const begun = performance.now();
  workOn(queue, news);
  const mine = performance.now() - begun;
  // All parts are taken; others may still be at work on theirs.
  for (let n = 0; n < parts.length; n++) {
    Atomics.wait(state, n + 1, 0, Math.max(PATIENCE, TIMES * mine));
    news();
    // What has failed elsewhere fails here with its reason, or is done.
    if (Atomics.load(state, n + 1) !== 1) choosePart(work, n);
  }
}

function begin(): Worker {
  const worker = new Worker(new URL('./part-thread.js', import.meta.url));
  worker.unref();
  worker.on('error', () => helpers.splice(0)); // others are begun
  return worker;
}

/** The same numbers in memory that other threads can see. */
function shared(of: Float32Array): Float32Array {
  if (of.buffer instanceof SharedArrayBuffer) return of;
  const copy = new Float32Array(new SharedArrayBuffer(of.byteLength));
  copy.set(of);
  return copy;
}
