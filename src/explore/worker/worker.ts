import type { Answer, Request } from '../protocol.js';
import { createSession } from './session.js';

/**
 * The worker of the page. Questions are answered one after the other, in their order; between them, points of the curve. To stop an encoder the page ends
 * the worker.
 */
const post = (answer: Answer, bitmaps: ImageBitmap[] = []): void =>
  (globalThis as unknown as Worker).postMessage(answer, bitmaps);

const { handlers, nextPoint } = createSession(post);
let queue = Promise.resolve();
let isIdle = true;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  queue = queue.then(() => answer(data)).then(() => idle());
});

async function answer({ id, name, args }: Request): Promise<void> {
  try {
    const handler = handlers[name] as (...args: unknown[]) => unknown;
    const value = await handler(...args);
    const { bitmap } = value as { bitmap?: ImageBitmap };
    post({ id, value }, bitmap ? [bitmap] : []);
  } catch (error) {
    post({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** A point at a time, so that questions need not wait for long. */
function idle(): void {
  if (!isIdle) return;
  isIdle = false;
  setTimeout(() => {
    isIdle = true;
    queue = queue.then(() => {
      try {
        if (nextPoint()) idle();
      } catch {
        // a file that is gone has no curve
      }
    });
  });
}
