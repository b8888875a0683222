import { enableDecodingKernels } from '../kernels/enable-decoding-kernels.js';
import { machineOf } from '../kernels/machine.js';
import { core as plainCore } from './core.js';
import type { Core, PictureAnswer, PictureQuestion } from './messages.js';

/** The kernels of a decoder, in base64: build/web.ts puts them here. */
declare const LOWRANK_KERNELS: string;

/** What `core` is, for large pictures: a worker decodes by WebAssembly where the page's policy has nothing against it. */
export function core(): Core<PictureQuestion, PictureAnswer> {
  const { local, serve } = plainCore();
  return {
    local,
    serve() {
      try {
        enableDecodingKernels(machineOf(Uint8Array.from(atob(LOWRANK_KERNELS), c => c.charCodeAt(0))));
      } catch {
        // JavaScript does it too.
      }
      serve();
    },
  };
}
