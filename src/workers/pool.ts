import { availableParallelism } from 'node:os';
import type { TransferListItem, Worker } from 'node:worker_threads';
import { CodecError } from '../core/errors.js';
import { fromFailure } from './failure.js';
import type { Reply } from './reply.js';
import { startThread } from './start-thread.js';
import type { Order, Results, TaskName, Tasks } from './tasks.js';

/** How a task is followed and ended. */
export interface Following {
  /** Ends the task at once when aborted, whatever it is doing. */
  signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1, while the task works; an error thrown by it ends the task. */
  onProgress?: ((fraction: number) => void) | undefined;
  /** Buffers that are handed to the thread rather than copied. */
  transfer?: TransferListItem[];
}

/** A requested task. */
interface Request extends Following {
  order: Order;
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** Threads that do tasks, started when they are needed. They keep the process alive only while they work. */
export class ThreadPool {
  /** Most threads. */
  readonly size: number;
  readonly #waiting: Request[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Request>();
  /** By signal, the requests that it ends and the one listener for them. */
  readonly #heard = new Map<AbortSignal, { requests: Set<Request>; listener: () => void }>();

  /** @param size most threads, 1 or more; default: the machine's cores */
  constructor(size = availableParallelism()) {
    this.size = size;
  }

  /**
   * Does a task when a thread is free. Rejects with what it or its `onProgress` throws, with ABORTED if the signal is aborted, and with an
   * Error if the thread dies.
   */
  run<K extends TaskName>(task: K, input: Tasks[K], following: Following = {}): Promise<Results[K]> {
    const { signal } = following;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      const request: Request = {
        ...following,
        order: { task, input, threads: 1 } as Order,
        resolve,
        reject,
      };
      this.#hear(request);
      this.#waiting.push(request);
      this.#next();
    });
  }

  /** Ends all threads; tasks under way are rejected with ABORTED. */
  async close(): Promise<void> {
    for (const request of [...this.#waiting, ...this.#busy.values()])
      this.#stop(request, aborted(request.signal));
    await Promise.all(this.#idle.splice(0).map(worker => worker.terminate()));
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#busy.size >= this.size) return;
    let worker: Worker;
    try {
      worker = this.#idle.pop() ?? this.#begin();
    } catch (error) {
      // Where no thread may be begun: one that is at work takes it up later, and without any it fails.
      if (this.#busy.size > 0) return;
      const request = this.#waiting.shift()!;
      this.#unhear(request);
      request.reject(error);
      this.#next();
      return;
    }
    const request = this.#waiting.shift()!;
    this.#busy.set(worker, request);
    // If there are fewer tasks than threads, the other threads help.
    request.order.threads = Math.max(1, Math.floor(this.size / (this.#busy.size + this.#waiting.length)));
    worker.ref();
    try {
      worker.postMessage(request.order, request.transfer ?? []);
    } catch (error) {
      this.#end(worker, () => request.reject(error)); // an option that cannot be cloned
    }
  }

  #begin(): Worker {
    const worker = startThread(error => {
      const request = this.#busy.get(worker);
      this.#forget(worker);
      if (request) this.#unhear(request);
      request?.reject(error);
      this.#next();
    });
    worker.on('message', (reply: Reply) => {
      const request = this.#busy.get(worker);
      if (!request) return;
      if ('progress' in reply) this.#tell(request, reply.progress);
      else if ('failure' in reply) this.#end(worker, () => request.reject(fromFailure(reply.failure)));
      else this.#end(worker, () => request.resolve(reply.result as never));
    });
    return worker;
  }

  /** A task has ended; its thread takes another. */
  #end(worker: Worker, tell: () => void): void {
    this.#unhear(this.#busy.get(worker)!);
    this.#busy.delete(worker);
    this.#idle.push(worker);
    worker.unref();
    tell();
    this.#next();
  }

  #forget(worker: Worker): void {
    this.#busy.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  #hear(request: Request): void {
    const { signal } = request;
    if (!signal) return;
    const known = this.#heard.get(signal);
    if (known) {
      known.requests.add(request);
      return;
    }
    const requests = new Set([request]);
    const listener = (): void => {
      // The last first, so that no thread begins what is ended next.
      for (const each of [...requests].reverse()) this.#stop(each, aborted(signal));
    };
    this.#heard.set(signal, { requests, listener });
    signal.addEventListener('abort', listener);
  }

  #unhear(request: Request): void {
    const known = request.signal && this.#heard.get(request.signal);
    if (!known?.requests.delete(request) || known.requests.size > 0) return;
    this.#heard.delete(request.signal!);
    request.signal!.removeEventListener('abort', known.listener);
  }

  #tell(request: Request, progress: number): void {
    try {
      request.onProgress?.(progress);
    } catch (error) {
      this.#stop(request, error);
    }
  }

  /** Ends a task in the middle of its work; it is rejected with the error. */
  #stop(request: Request, error: unknown): void {
    const at = this.#waiting.indexOf(request);
    if (at >= 0) this.#waiting.splice(at, 1);
    for (const [worker, other] of this.#busy)
      if (other === request) {
        this.#forget(worker);
        void worker.terminate();
      }
    this.#unhear(request);
    request.reject(error);
    this.#next();
  }
}

const aborted = (signal?: AbortSignal): CodecError =>
  new CodecError('ABORTED', { field: 'signal', got: signal?.reason });
