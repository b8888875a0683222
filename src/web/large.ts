import { core } from './large-core.js';
import { createPool, type Script } from './pool.js';

/** The script of workers for large pictures; the script that the page fetched sets its address. */
export const script: Script = { type: 'module' };

/** Opens a job for a large picture. */
export const openJob = createPool(core, script);
