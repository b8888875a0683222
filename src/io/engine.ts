import { createRequire } from 'node:module';
import type { Sharp, SharpOptions } from 'sharp';
import { IoError, oneLine } from './errors.js';

/** What is used of sharp: its one function. */
export type SharpFunction = (input?: Uint8Array | Uint16Array, options?: SharpOptions) => Sharp;

/**
 * Who reads and writes pictures: `auto` is sharp where it can be loaded and pngjs (PNG alone, pure JavaScript)
 * elsewhere.
 */
export type Engine = 'auto' | 'sharp' | 'pngjs';

// As CommonJS, which sharp is: imported, Node first searches all of it for names to export, as long again as loading takes.
const require = createRequire(import.meta.url);

/** sharp, or undefined where its binary cannot be loaded (or `engine` says to do without). Throws UNSUPPORTED where `engine` insists. */
export async function loadSharp(engine: Engine = 'auto'): Promise<SharpFunction | undefined> {
  if (engine === 'pngjs') return undefined;
  try {
    return require('sharp') as SharpFunction;
  } catch (error) {
    if (engine === 'sharp')
      throw new IoError('UNSUPPORTED', {
        path: 'sharp',
        reason: `cannot be loaded: ${oneLine(error)}`,
        cause: error,
      });
    return undefined;
  }
}
