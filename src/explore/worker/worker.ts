import type { Answer, Calls, Request } from '../protocol.js';
import { createSession } from './session.js';
import { useKernels } from './use-kernels.js';

/**
 * A worker of the page. Questions are answered one after the other: a picture first, the others in their order; where none has come for a while, points of the
 * curve. To stop an encoder the page ends the worker.
 */
const post = (answer: Answer, bitmaps: ImageBitmap[] = []): void =>
  (globalThis as unknown as Worker).postMessage(answer, bitmaps);

/** Milliseconds without a question after which points of the curve are worked out, and between them. */
const [REST, BETWEEN] = [400, 20];
/** What changes what is open or made: no question overtakes it. */
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
    // Messages that have come meanwhile are heard of first.
    await tick();
  }
  isAnswering = false;
  idle(REST);
}

/** The first question for a picture that nothing before it changes, taken out of those that wait. */
function takeShow(): Request | undefined {
  const at = waiting.findIndex(({ name }) => name === 'show' || CHANGES.has(name));
  return waiting[at]?.name === 'show' ? waiting.splice(at, 1)[0] : undefined;
}

/** In the middle of a long answer: shows what has been asked for meanwhile. */
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

/** A point at a time, so that questions need not wait for long. */
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

/** Waits until what the worker has been sent has been looked at. */
const channel = new MessageChannel();
function tick(): Promise<void> {
  return new Promise(resolve => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });
}
