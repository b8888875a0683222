import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NAMES, type Program } from './program.js';

/**
 * The names that npm run names found for the decoder, by their names in the source. They only save bytes: a name that is missing from the
 * file gets a free one, and one that is no longer in the source is ignored.
 */
const FILE = join(import.meta.dirname, 'names.json');
const KINDS = ['properties', 'globals', 'words'] as const;

export function recallNames(program: Program): void {
  const file = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Record<string, string> | undefined>;
  for (const kind of KINDS) {
    const taken = new Set([0]);
    for (const name of program[kind]) {
      const place = Math.max(0, NAMES.indexOf(file[kind]?.[name.word] ?? ''));
      name.place = taken.has(place) ? 0 : place;
      if (kind !== 'words') taken.add(place);
    }
  }
}

export function keepNames(program: Program): void {
  const entries = KINDS.map(kind => {
    const named = program[kind].filter(({ place }) => place > 0);
    return [kind, Object.fromEntries(named.map(({ word, place }) => [word, NAMES[place]] as const).sort())];
  });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}
