import type { LevelKernels } from '../encode/levels/kernels.js';
import { optimiseChannelKernel } from './choice-kernel.js';
import { coefficientKernels } from './coefficient-kernels.js';
import { debtKernels } from './debt-kernels.js';
import type { Machine } from './machine.js';
import { LEAST } from './placed-factors.js';
import { placingDesk } from './placing-desk.js';

/** Kernels for choosing levels, on desks in a room. */
export const levelKernels = (machine: Machine, least = LEAST): LevelKernels => ({
  emptyDesk: placingDesk(machine, least),
  optimiseChannel: optimiseChannelKernel,
  ...coefficientKernels,
  ...debtKernels,
});
