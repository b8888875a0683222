import { core } from './core.js';
import { createPool, type Script } from './pool.js';

/** The script of workers for pictures; the one script of a page says where it is. */
export const script: Script = {};

/** Opens a job for a picture. */
export const openJob = createPool(core, script);
