import type { LevelKernels } from '../encode/levels/kernels.js';
import { optimiseChannelKernel } from './choice-kernel.js';
import { coefficientKernels } from './coefficient-kernels.js';
import { debtKernels } from './debt-kernels.js';
import type { Machine } from './machine.js';
import { LEAST } from './placed-factors.js';
import { placingDesk } from './placing-desk.js';

/** The stations of `levels` of an encoder, on desks that lie in a room. */
export const levelKernels = (machine: Machine, least = LEAST): LevelKernels => ({
  emptyDesk: placingDesk(machine, least),
  optimiseChannel: optimiseChannelKernel,
  ...coefficientKernels,
  ...debtKernels,
});
