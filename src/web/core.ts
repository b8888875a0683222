import { inIdleTime } from './idle.js';
import type { Ask, Handler } from './messages.js';
import { createHandler } from './thread.js';

/**
 * Everything that decodes, in one function. In the package it contains the decoder's own text and refers to nothing outside, so that the text of the function
 * is that of a worker: the page carries the decoder once. See build/web.ts.
 */
export function core(): { local: Handler; serve(): void } {
  return {
    /** Decodes in this thread, in its idle time. */
    local: createHandler(inIdleTime),
    /** Makes this thread a worker. */
    serve() {
      const handle = createHandler((decoder, layer) => decoder.picture(layer));
      globalThis.onmessage = async ({ data }: MessageEvent<Ask>) => {
        const answer = await handle(data);
        postMessage(answer, { transfer: answer.bitmap ? [answer.bitmap] : [] });
      };
      postMessage(0);
    },
  };
}
