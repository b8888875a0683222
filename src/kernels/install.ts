import { enableKernels } from './enable-kernels.js';
import { loadMachine } from './load-machine.js';

// Importing this makes encoder and decoder of this process use the kernels, where there is WebAssembly. LOWRANK_KERNELS=off does without.

if (process.env.LOWRANK_KERNELS !== 'off') enableKernels(loadMachine());
