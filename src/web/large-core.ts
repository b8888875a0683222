import { enableDecodingKernels } from '../kernels/enable-decoding-kernels.js';
import { machineOf } from '../kernels/machine.js';
import { core as plainCore } from './core.js';
import type { Core, PictureAnswer, PictureQuestion } from './messages.js';

/** The kernels of a decoder, in base64; build/web.ts inserts them. */
declare const LOWRANK_KERNELS: string;

/** Like `core`, for large pictures: workers decode by WebAssembly unless the page's policy forbids it. */
export function core(): Core<PictureQuestion, PictureAnswer> {
  const { local, serve } = plainCore();
  return {
    local,
    serve() {
      try {
        enableDecodingKernels(machineOf(Uint8Array.from(atob(LOWRANK_KERNELS), c => c.charCodeAt(0))));
      } catch {
        // JavaScript does the same.
      }
      serve();
    },
  };
}
