import { openJob, script as plain } from './picture-pool.js';

/** Where the decoder of large pictures is had from: beside this module, unless the one script says otherwise. */
export const largeModule = { get: (): Promise<typeof import('./large.js')> => import('./large.js') };

/** Pictures of fewer pixels are decoded before it would be here. */
const LARGE = 2 ** 21;

/** Opens jobs for pictures of so many pixels: in workers that decode by WebAssembly, fetched once a page has one so large, where these can be had, and the page has not named its workers. */
export const openerFor = (pixels: number): Promise<typeof openJob> =>
  pixels < LARGE || plain.only !== undefined
    ? Promise.resolve(openJob)
    : largeModule.get().then(
        large => large.openJob,
        () => openJob,
      );
