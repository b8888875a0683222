import type { Seed } from '../corpus.js';
import type { Random } from '../random.js';

/** Code that reads files from strangers. */
export interface Target {
  name: string;
  /** Its share of the mutations, relative to other targets. Default 1. */
  weight?: number;
  /** Which golden files its mutations start from. Default: all. */
  suits?: (seed: Seed) => boolean;
  /** Throws if the file causes anything that it should not. */
  run(bytes: Uint8Array, random: Random): void | Promise<void>;
}
