import type { ImageInput } from '../io/index.js';

/** An input in the form that a job takes. */
export interface Source {
  /** Its path, or its bytes if it can only be read once. */
  source: string | Uint8Array;
  /** The picture in it, if several tasks use it. */
  image?: ImageInput | undefined;
}

/** One input of several tasks: read when the first task asks for it, released when the last has ended. */
export class SharedSource {
  #tasks: number;
  #source: Promise<Source> | undefined;

  /** @param tasks number of calls of `release` to expect */
  constructor(tasks: number) {
    this.#tasks = tasks;
  }

  /** The result of `read`, which is called once. */
  take(read: () => Promise<Source>): Promise<Source> {
    this.#source ??= read();
    return this.#source;
  }

  /** A task has ended. */
  release(): void {
    if (--this.#tasks <= 0) this.#source = undefined;
  }
}
