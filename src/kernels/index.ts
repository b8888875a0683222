/** `lowrank` where there is Node: the same, with its kernels. */
import './install.js';

export * from '../index.js';
