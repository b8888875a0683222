import type { PlaneKernels } from '../planes/kernels.js';
import type { Exports, Machine } from './machine.js';

/** Kernels kept for the next work, and those that the present work may still take. */
let [kept, free]: (Exports | undefined)[] = [];
let turning = false;

/** At most this many bytes are kept after all works are done. */
const MOST = 2 ** 26;

/**
 * The first room of each work reuses the memory of the one before. Giving memory back and asking for it again costs as much as reading a
 * picture into it, it has to be collected, and threads wait for each other. Works within a work do not reuse memory.
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

/** Kernels with a memory of their own, whose content is undefined. */
export function kernelsFor(machine: Machine): Exports {
  const run = free ?? machine.instance();
  free = undefined;
  if (turning) kept ??= run;
  return run;
}
