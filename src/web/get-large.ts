import { openJob, script as plain } from './picture-pool.js';

/** Loads the decoder of large pictures from beside this module; the one-file script replaces it. */
export const largeModule = { get: (): Promise<typeof import('./large.js')> => import('./large.js') };

/** Smaller pictures are decoded before it would have loaded. */
const LARGE = 2 ** 21;

/**
 * Opens jobs for pictures of this many pixels. Large ones go to workers that decode by WebAssembly, fetched when a page first has one,
 * unless it cannot be loaded or the page names its own workers.
 */
export const openerFor = (pixels: number): Promise<typeof openJob> =>
  pixels < LARGE || plain.only !== undefined
    ? Promise.resolve(openJob)
    : largeModule.get().then(
        large => large.openJob,
        () => openJob,
      );
