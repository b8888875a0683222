import type { PlaneKernels } from '../planes/kernels.js';
import type { Exports, Machine } from './machine.js';

/** Kernels whose memory the next work may have, and those that this one may still take. */
let [kept, free]: (Exports | undefined)[] = [];
let turning = false;

/** Between works that are done in turn and those that come later at most so many bytes are kept. */
const MOST = 2 ** 26;

/**
 * The first room of each work is where that of the one before was: memory that is given back and asked for again costs as much as reading into it, it has to be collected, and threads wait for
 * each other there. Of works that are done within a work none has that of another.
 */
export const inTurn: PlaneKernels['inTurn'] = works => {
  const isWithin = turning;
  turning = true;
  try {
    for (const work of works) {
      if (!isWithin) free = kept;
      work();
    }
  } finally {
    turning = isWithin;
    if (!isWithin) {
      free = undefined;
      if (kept && kept.memory.buffer.byteLength > MOST) kept = undefined;
    }
  }
};

/** Kernels with a memory of their own, in which anything may stand. */
export function kernelsFor(machine: Machine): Exports {
  const run = free ?? machine.instance();
  free = undefined;
  if (turning) kept ??= run;
  return run;
}
