import type { Seed } from '../corpus.js';
import type { Random } from '../random.js';

/** Something that takes files from strangers. */
export interface Target {
  name: string;
  /** Of two targets that take the same share of mutations the weight is 1. Default 1. */
  weight?: number;
  /** Which golden files mutations of it begin with. Default: all. */
  suits?: (seed: Seed) => boolean;
  /** Throws where something comes out of the file that should not. */
  run(bytes: Uint8Array, random: Random): void | Promise<void>;
}
