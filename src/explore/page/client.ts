import type { Answer, Calls, Notice } from '../protocol.js';

/** The worker was stopped before it answered. */
export class Stopped extends Error {}

/** The page's side of its worker. */
export interface Client {
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>>;
  /** Ends the worker, even if busy; open calls fail with Stopped. The next call starts another worker, without a picture. */
  stop(): void;
}

export function createClient(onNotice: (notice: Notice) => void): Client {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    const made = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
    made.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (made !== worker) return;
      if ('notice' in data) return onNotice(data);
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ('error' in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data.value as never);
    });
    made.addEventListener('error', event => {
      if (made !== worker) return;
      // It would not answer any more: the next call starts another.
      made.terminate();
      worker = undefined;
      failAll(new Error(event.message || 'The worker did not start or ran out of memory.'));
    });
    return made;
  };

  return {
    call(name, ...args) {
      worker ??= start();
      const id = ++last;
      const answer = new Promise<never>((resolve, reject) => waiting.set(id, { resolve, reject }));
      worker.postMessage({ id, name, args });
      return answer;
    },
    stop() {
      worker?.terminate();
      worker = undefined;
      failAll(new Stopped());
    },
  };
}
