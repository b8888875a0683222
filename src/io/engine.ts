import { createRequire } from 'node:module';
import type { Sharp, SharpOptions } from 'sharp';
import { IoError, oneLine } from './errors.js';

/** The part of sharp that is used: its one function. */
export type SharpFunction = (input?: Uint8Array | Uint16Array, options?: SharpOptions) => Sharp;

/** What reads and writes pictures: `auto` is sharp if it can be loaded, else pngjs (only PNG, pure JavaScript). */
export type Engine = 'auto' | 'sharp' | 'pngjs';

/** sharp; undefined where its binary cannot be loaded or `engine` excludes it. Throws UNSUPPORTED where `engine` insists on it. */
export async function loadSharp(engine: Engine = 'auto'): Promise<SharpFunction | undefined> {
  if (engine === 'pngjs') return undefined;
  try {
    // Required as CommonJS, which sharp is: for an import, Node first searches all of it for names to export, which takes as long again as
    // loading. Made here, since a bundle in CommonJS has no import.meta.url; webpack knows an external package only by these very words.
    if (!import.meta.url) return createRequire(__filename)('sharp') as SharpFunction;
    const require = createRequire(import.meta.url);
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

/** Where sharp's code is. Throws an Error where it is not installed. */
export const sharpPath = (): string => createRequire(import.meta.url).resolve('sharp');
