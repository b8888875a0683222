import { core } from './core.js';
import { createPool, type Script } from './pool.js';

/** The script of workers for pictures; the page's one-file script sets its address. */
export const script: Script = {};

/** Opens a job for a picture. */
export const openJob = createPool(core, script);
