import { choosePart } from '../encode/parts/choose-part.js';
import type { PartsWork } from '../encode/parts/parts-work.js';
import type { Work } from '../encode/work.js';

/** The parts of a picture as threads take them: work whose arrays they share, and what has become of each part. */
export interface PartQueue {
  work: PartsWork;
  /** The number of the next part, and from element 1 on by part whether it is done: 1 if it is, -1 where that failed. */
  state: Int32Array<SharedArrayBuffer>;
}

export const partQueue = (work: PartsWork): PartQueue => ({
  work,
  state: new Int32Array(new SharedArrayBuffer(4 * (1 + work.parts.length))),
});

/** Does parts as long as there are any; `tell` is told of the work on each. */
export function workOn({ work, state }: PartQueue, tell?: Work): void {
  for (let n = 0; ; ) {
    n = Atomics.add(state, 0, 1);
    if (n >= work.parts.length) return;
    let done = -1;
    try {
      choosePart(work, n, tell);
      done = 1;
    } finally {
      Atomics.store(state, n + 1, done);
      Atomics.notify(state, n + 1);
    }
  }
}
