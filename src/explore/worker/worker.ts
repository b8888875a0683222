import type { Answer, Calls, Request } from '../protocol.js';
import { createSession } from './session.js';
import { useKernels } from './use-kernels.js';

/*
 * A worker of the page. It answers one question after the other, requests for a picture first, the others in order. After a while without
 * questions it computes points of the curve. To stop an encoder, the page ends the worker.
 */

const post = (answer: Answer, bitmaps: ImageBitmap[] = []): void =>
  (globalThis as unknown as Worker).postMessage(answer, bitmaps);

/** Milliseconds without a question after which points of the curve are computed, and between them. */
const [REST, BETWEEN] = [400, 20];
/** Questions that change what is open or made: none overtakes them. */
const CHANGES: ReadonlySet<keyof Calls> = new Set(['open', 'take', 'factor', 'encode', 'load']);

const { handlers, nextPoint } = createSession(post, showBetween);
const waiting: Request[] = [];
let isAnswering = false;
let timer: ReturnType<typeof setTimeout> | undefined;

void useKernels();
addEventListener('message', ({ data }: MessageEvent<Request>) => {
  clearTimeout(timer);
  waiting.push(data);
  void answerAll();
});

async function answerAll(): Promise<void> {
  if (isAnswering) return;
  isAnswering = true;
  for (let next = takeShow() ?? waiting.shift(); next; next = takeShow() ?? waiting.shift()) {
    await answer(next);
    // Messages that have arrived meanwhile come first.
    await tick();
  }
  isAnswering = false;
  idle(REST);
}

/** The first question for a picture that no earlier question affects, taken out of the queue. */
function takeShow(): Request | undefined {
  const at = waiting.findIndex(({ name }) => name === 'show' || CHANGES.has(name));
  return waiting[at]?.name === 'show' ? waiting.splice(at, 1)[0] : undefined;
}

/** In the middle of a long answer: shows pictures that have been asked for meanwhile. */
async function showBetween(): Promise<void> {
  await tick();
  for (let next = takeShow(); next; next = takeShow()) await answer(next);
}

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

/** One point at a time, so that questions need not wait for long. */
function idle(after: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (isAnswering) return;
    try {
      if (nextPoint()) idle(BETWEEN);
    } catch {
      // factors that are gone have no curve
    }
  }, after);
}

/** Waits until messages sent to the worker have been received. */
const channel = new MessageChannel();
function tick(): Promise<void> {
  return new Promise(resolve => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });
}
