import type { Answer, Request } from '../protocol.js';
import { createSession } from './session.js';

/**
 * A worker of the page. Questions are answered one after the other, in their order; where none has come for a while, points of the curve. To stop an encoder
 * the page ends the worker.
 */
const post = (answer: Answer, bitmaps: ImageBitmap[] = []): void =>
  (globalThis as unknown as Worker).postMessage(answer, bitmaps);

/** Milliseconds without a question after which points of the curve are worked out, and between them. */
const [REST, BETWEEN] = [400, 20];

const { handlers, nextPoint } = createSession(post);
let queue = Promise.resolve();
let waiting = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  waiting++;
  queue = queue
    .then(() => answer(data))
    .then(() => {
      waiting--;
      idle(REST);
    });
});

async function answer({ id, name, args }: Request): Promise<void> {
  try {
    const handler = handlers[name] as (...args: unknown[]) => unknown;
    const value = await handler(...args);
    const bitmap = (value as { bitmap?: ImageBitmap } | undefined)?.bitmap;
    post({ id, value }, bitmap ? [bitmap] : []);
  } catch (error) {
    post({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** A point at a time, so that questions need not wait for long. */
function idle(after: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (waiting) return;
    queue = queue.then(() => {
      try {
        if (nextPoint()) idle(BETWEEN);
      } catch {
        // factors that are gone have no curve
      }
    });
  }, after);
}
