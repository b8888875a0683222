import { core } from './core.js';
import type { Answer, Ask, Handler } from './messages.js';

/** Most workers. */
const WORKERS = 4;
/** Milliseconds that workers without work are kept. */
const KEPT = 4000;

/** Where else the worker's script can be had, for pages whose CSP forbids `blob:`; nowhere unless it is said. */
export const script: { url?: string } = {};

/** A worker, or this thread in its place. */
interface Thread {
  jobs: number;
  handler: Promise<Handler>;
  worker?: Worker;
}

/** One picture's place in a thread. */
export interface Job {
  /** One question at a time. */
  ask(message: Omit<Ask, 'id'>): Promise<Answer>;
  close(): void;
}

let threads: Thread[] = [];
let blob: string | undefined;
let here: Handler | undefined;
let ids = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Decodes in this thread: where workers are forbidden, or have failed. */
const inThisThread = (): Handler => (here ??= core().local);

/** A worker that has said that it runs. */
const start = (url: string): Promise<Worker> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(url);
    worker.onmessage = () => resolve(worker);
    worker.onerror = event => {
      event.preventDefault();
      worker.terminate();
      reject(event);
    };
  });

function handlerOf(thread: Thread, worker: Worker): Handler {
  const open = new Map<number, (answer: Answer) => void>();
  thread.worker = worker;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => open.get(data.id)?.(data);
  worker.onerror = ({ message }) => {
    thread.handler = Promise.resolve(inThisThread());
    for (const [id, answer] of open) answer({ id, error: { message } });
  };
  return ask =>
    new Promise(resolve => {
      open.set(ask.id, resolve);
      worker.postMessage(ask);
    });
}

function newThread(): Thread {
  blob ??= URL.createObjectURL(new Blob([`(${core})().serve()`], { type: 'text/javascript' }));
  const thread = { jobs: 0 } as Thread;
  thread.handler = here
    ? Promise.resolve(here)
    : start(blob)
        .catch(error => (script.url ? start(script.url) : Promise.reject(error)))
        .then(worker => handlerOf(thread, worker), inThisThread);
  threads.push(thread);
  return thread;
}

/** A place in the thread that has least to do. */
export function openJob(): Job {
  clearTimeout(timer);
  const id = ++ids;
  const most = Math.min(WORKERS, navigator.hardwareConcurrency || 1);
  const least = threads.reduce<Thread | undefined>((a, b) => (a && a.jobs <= b.jobs ? a : b), undefined);
  const thread = least && (!least.jobs || threads.length >= most) ? least : newThread();
  thread.jobs++;
  const ask: Job['ask'] = async message => (await thread.handler)({ ...message, id });
  return {
    ask,
    close() {
      void ask({ chunks: [], close: true });
      thread.jobs--;
      timer = setTimeout(() => {
        for (const { jobs, worker } of threads) if (!jobs) worker?.terminate();
        threads = threads.filter(({ jobs }) => jobs);
      }, KEPT);
    },
  };
}
