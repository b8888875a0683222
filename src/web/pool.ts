import type { Answer, Ask, Core, Handler } from './messages.js';

/** Most workers. */
const WORKERS = 4;
/** Milliseconds that idle workers are kept. */
const KEPT = 4000;

/** Where a worker's script comes from. A page's CSP may forbid the `blob:` that is made from its text. */
export interface Script extends WorkerOptions {
  /** The file that this code came in, tried before a `blob:`. */
  url?: string | undefined;
  /** The only script that the page allows, '' for none: neither of the others is tried. */
  only?: string | undefined;
}

/** A worker, or this thread instead. */
interface Thread<Q, A> {
  jobs: number;
  handler: Promise<Handler<Q, A>>;
  worker?: Worker;
}

/** One picture or clip in a thread. */
export interface Job<Q, A> {
  /** Asks a question; one at a time. */
  ask(question: Q): Promise<Answer<A>>;
  close(): void;
}

/** Starts a worker; resolves when it has said that it runs. */
const start = (url: string, options?: WorkerOptions): Promise<Worker> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(url, options);
    worker.onmessage = () => resolve(worker);
    worker.onerror = event => {
      event.preventDefault();
      worker.terminate();
      reject(event);
    };
  });

/**
 * A pool of workers made by `core`. Returns the function that opens a job in the least busy one. (A closure, since its names then take no
 * bytes in a web page.)
 */
export function createPool<Q, A>(core: () => Core<Q, A>, script: Script): () => Job<Q, A> {
  let threads: Thread<Q, A>[] = [];
  let blob: string | undefined;
  let here: Handler<Q, A> | undefined;
  let ids = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Decodes in this thread, if workers are forbidden or have failed. */
  const inThisThread = (): Handler<Q, A> => (here ??= core().local);

  const handlerOf = (thread: Thread<Q, A>, worker: Worker): Handler<Q, A> => {
    const open = new Map<number, (answer: Answer<A>) => void>();
    thread.worker = worker;
    worker.onmessage = ({ data }: MessageEvent<Answer<A>>) => open.get(data.id)?.(data);
    worker.onerror = ({ message }) => {
      thread.handler = Promise.resolve(inThisThread());
      for (const [id, answer] of open) answer({ id, error: { message } } as Answer<A>);
    };
    return ask =>
      new Promise(resolve => {
        open.set(ask.id, resolve);
        worker.postMessage(ask);
      });
  };

  const fromBlob = (): Promise<Worker> => {
    blob ??= URL.createObjectURL(new Blob([`(${core})().serve()`], { type: 'text/javascript' }));
    return start(blob);
  };

  const newWorker = async (): Promise<Worker> => {
    const { url, only } = script;
    if (only === '') throw only;
    if (only) return start(only, script);
    return url ? start(url, script).catch(fromBlob) : fromBlob();
  };

  const newThread = (): Thread<Q, A> => {
    const thread = { jobs: 0 } as Thread<Q, A>;
    thread.handler = here
      ? Promise.resolve(here)
      : newWorker().then(worker => handlerOf(thread, worker), inThisThread);
    threads.push(thread);
    return thread;
  };

  return () => {
    clearTimeout(timer);
    const id = ++ids;
    const most = Math.min(WORKERS, navigator.hardwareConcurrency || 1);
    const least = threads.reduce<Thread<Q, A> | undefined>(
      (a, b) => (a && a.jobs <= b.jobs ? a : b),
      undefined,
    );
    const thread = least && (!least.jobs || threads.length >= most) ? least : newThread();
    thread.jobs++;
    const send = async (message: object): Promise<Answer<A>> =>
      (await thread.handler)({ ...message, id } as Ask<Q>);
    return {
      ask: send as Job<Q, A>['ask'],
      close() {
        void send({ close: true });
        thread.jobs--;
        timer = setTimeout(() => {
          for (const { jobs, worker } of threads) if (!jobs) worker?.terminate();
          threads = threads.filter(({ jobs }) => jobs);
        }, KEPT);
      },
    };
  };
}
