import type { ImageInput } from '../io/index.js';

/** An input as a job gets it. */
export interface Source {
  /** Its path, or all of it where it can be read only once. */
  source: string | Uint8Array;
  /** The picture in it, where several tasks make something of it. */
  image?: ImageInput | undefined;
}

/** One input of several tasks: read when the first asks for it, forgotten when the last has ended. */
export class SharedSource {
  #tasks: number;
  #source: Promise<Source> | undefined;

  /** @param tasks how many will call `release` */
  constructor(tasks: number) {
    this.#tasks = tasks;
  }

  /** What `read` gives, which is asked once. */
  take(read: () => Promise<Source>): Promise<Source> {
    this.#source ??= read();
    return this.#source;
  }

  /** A task has ended. */
  release(): void {
    if (--this.#tasks <= 0) this.#source = undefined;
  }
}
