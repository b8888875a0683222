import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginsWith } from '../../src/format/signature.js';
import { SEQUENCE_SIGNATURE } from '../../src/sequence/header.js';
import type { Random } from './random.js';
import { tinyFiles } from './tiny.js';

/** A file that mutations start from. */
export interface Seed {
  name: string;
  bytes: Uint8Array;
  sequence: boolean;
}

const ROOT = join(import.meta.dirname, '..');
/** Larger files would slow mutations down too much. */
const MOST_BYTES = 6000;

export const seedOf = (name: string, bytes: Uint8Array): Seed => ({
  ...{ name, bytes },
  sequence: beginsWith(bytes, SEQUENCE_SIGNATURE),
});

const TINY: readonly Seed[] = Object.entries(tinyFiles()).map(([name, bytes]) => seedOf(name, bytes));

/** Small golden files and bad files. */
const GOLDEN: readonly Seed[] = ['golden', 'golden/vectors', 'golden-errors/files', 'sequence']
  .flatMap(folder =>
    readdirSync(join(ROOT, folder))
      .filter(name => name.endsWith('.lrk'))
      .map(name => `${folder}/${name}`),
  )
  .sort()
  .map(name => seedOf(name, new Uint8Array(readFileSync(join(ROOT, name)))))
  .filter(({ bytes }) => bytes.length <= MOST_BYTES);

/** One of them, with a preference for tiny ones. */
export function pickSeed(random: Random, suits: (seed: Seed) => boolean = () => true): Seed {
  const seeds = random.chance(0.95) ? TINY : GOLDEN;
  return random.pick(seeds.filter(suits));
}
