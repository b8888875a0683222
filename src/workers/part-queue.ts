import { letGo } from '../core/spare.js';
import {
  type PartsWork as DecodingWork,
  workOnPart as workOnDecoding,
} from '../decode/parts/decode-in-parts.js';
import {
  type PartsWork as EncodingWork,
  partsIn,
  workOnPart as workOnEncoding,
} from '../encode/parts/each-part.js';
import type { Work } from '../encode/work.js';
import { inTurn } from '../planes/kernels.js';

/** Work on the parts of a picture, with arrays that threads share. */
export type PartWork = EncodingWork | DecodingWork;

/** The queue of a picture's parts. */
export interface PartQueue {
  work: PartWork;
  /** The number of the next part, and from element 1 on by part whether it is done: 1 if so, -1 if it failed. */
  state: Int32Array<SharedArrayBuffer>;
}

export function partQueue(work: PartWork): PartQueue {
  return { work, state: new Int32Array(new SharedArrayBuffer(4 * (1 + partsIn(work)))) };
}

/** Number of parts. */
export const countOf = ({ state }: PartQueue): number => state.length - 1;

/** Does parts while there are any; `tell` is called with the work on each, and when it is done. */
export function workOn(queue: PartQueue, tell?: Work): void {
  try {
    inTurn(worksOf(queue, tell));
  } finally {
    letGo();
  }
}

function* worksOf(queue: PartQueue, tell?: Work): Generator<() => void> {
  const { work, state } = queue;
  for (;;) {
    const n = Atomics.add(state, 0, 1);
    if (n >= countOf(queue)) return;
    yield () => {
      let done = -1;
      try {
        workOnPart(work, n, tell);
        done = 1;
      } finally {
        Atomics.store(state, n + 1, done);
        Atomics.notify(state, n + 1);
      }
      tell?.(0);
    };
  }
}

export function workOnPart(work: PartWork, n: number, tell?: Work): void {
  if ('read' in work || 'show' in work) workOnDecoding(work, n);
  else workOnEncoding(work, n, tell);
}
