import type { Run } from './thread.js';

/** Milliseconds that work may take before the page has its turn again. */
const SLICE = 8;

/** Decodes in the idle time of a page: slices in a row as long as they are short. */
export const inIdleTime: Run = async (decoder, layer) => {
  const slices = decoder.slices(layer);
  for (;;) {
    await new Promise<unknown>(resolve =>
      // Safari has no idle time.
      'requestIdleCallback' in globalThis
        ? requestIdleCallback(resolve, { timeout: 100 })
        : setTimeout(resolve),
    );
    for (const end = performance.now() + SLICE; performance.now() < end; ) {
      const { done, value } = slices.next();
      if (done) return value;
    }
  }
};
