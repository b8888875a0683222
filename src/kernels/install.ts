import { loadMachine } from './machine.js';
import { useKernels } from './use-kernels.js';

// Importing this makes encoder and decoder of this process use the kernels, where there is WebAssembly. LOWRANK_KERNELS=off does without.

if (process.env.LOWRANK_KERNELS !== 'off') useKernels(loadMachine());
