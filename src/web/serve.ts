import type { Answer, Ask, Handler } from './messages.js';

/** Makes this thread a worker that answers with a handler; reports when it runs. */
export function serve<Q, A extends { bitmap?: ImageBitmap }>(handle: Handler<Q, A>): void {
  globalThis.onmessage = async ({ data }: MessageEvent<Ask<Q>>) => {
    const answer: Answer<A> = await handle(data);
    postMessage(answer, { transfer: answer.bitmap ? [answer.bitmap] : [] });
  };
  postMessage(0);
}
