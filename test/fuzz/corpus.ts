import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginsWith } from '../../src/format/signature.js';
import { SEQUENCE_SIGNATURE } from '../../src/sequence/header.js';
import type { Random } from './random.js';
import { tinyFiles } from './tiny.js';

/** A file that mutations begin with. */
export interface Seed {
  name: string;
  bytes: Uint8Array;
  sequence: boolean;
}

const ROOT = join(import.meta.dirname, '..');
/** Of larger files too few mutations would be made. */
const MOST_BYTES = 6000;

export const seedOf = (name: string, bytes: Uint8Array): Seed => ({
  ...{ name, bytes },
  sequence: beginsWith(bytes, SEQUENCE_SIGNATURE),
});

const TINY: readonly Seed[] = Object.entries(tinyFiles()).map(([name, bytes]) => seedOf(name, bytes));

/** Golden files and bad ones, those that are small. */
const GOLDEN: readonly Seed[] = ['golden', 'golden/vectors', 'golden-errors/files', 'sequence']
  .flatMap(folder =>
    readdirSync(join(ROOT, folder))
      .filter(name => name.endsWith('.lrk'))
      .map(name => `${folder}/${name}`),
  )
  .sort()
  .map(name => seedOf(name, new Uint8Array(readFileSync(join(ROOT, name)))))
  .filter(({ bytes }) => bytes.length <= MOST_BYTES);

/** One of them, more often a tiny one. */
export function pickSeed(random: Random, suits: (seed: Seed) => boolean = () => true): Seed {
  const seeds = random.chance(0.9) ? TINY : GOLDEN;
  return random.pick(seeds.filter(suits));
}
