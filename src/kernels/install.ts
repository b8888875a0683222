import { enableKernels } from './enable-kernels.js';
import { loadMachine } from './load-machine.js';

// Importing this makes the encoder and the decoder of this process use the kernels, where there is WebAssembly. LOWRANK_KERNELS=off
// prevents it.

if (process.env.LOWRANK_KERNELS !== 'off') enableKernels(loadMachine());
