import type { PlaneKernels } from '../planes/kernels.js';
import type { Exports, Machine } from './machine.js';

/** Kernels whose memory the next work may have, and those that this one may still take; both only while works are done in turn. */
let [kept, free]: (Exports | undefined)[] = [];
let turning = false;

/** The first room of each work is where that of the one before was: memory that is given back and asked for again costs as much as reading into it, and threads wait for each other there. */
export const inTurn: PlaneKernels['inTurn'] = works => {
  turning = true;
  try {
    for (const work of works) {
      free = kept;
      work();
    }
  } finally {
    turning = false;
    kept = undefined;
    free = undefined;
  }
};

/** Kernels with a memory of their own, in which anything may stand. */
export function kernelsFor(machine: Machine): Exports {
  const run = free ?? machine.instance();
  free = undefined;
  if (turning) kept ??= run;
  return run;
}
