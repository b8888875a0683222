import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decoderProgram } from './decoder-program.js';
import { keepNames, recallNames } from './names.js';
import { giveNames, LETTERS, putTogether } from './program.js';

/**
 * npm run names [-- rounds]: searches for names with which gzip compresses the decoder best, starting from those in names.json, and saves
 * the best there. Each round moves one name to another place and swaps it with the name there. 30,000 rounds take a minute or two.
 */
const rounds = Number(process.argv[2] ?? 30_000);
const program = await decoderProgram(join(import.meta.dirname, '../dist'));
const { properties, globals, words } = program;
recallNames(program);

let state = 1;
/** The next number of a linear congruential generator, from 0 to below n. */
const random = (n: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const size = (): number => {
  giveNames(program);
  return gzipSync(putTogether(program), { level: 9 }).length;
};

let least = size();
console.log(`${least} bytes`);
for (let round = 1; round <= rounds; round++) {
  const kind = [properties, globals, words][random(3)]!;
  const name = kind[random(kind.length)]!;
  const before = name.place;
  // Words may share a name, and may have none. Besides the names in use some more are tried.
  const place = kind === words ? random(LETTERS.length + 1) : 1 + random(kind.length + 20);
  const other = kind === words ? undefined : kind.find(candidate => candidate.place === place);
  name.place = place;
  if (other) other.place = before;
  const bytes = size();
  if (bytes > least) {
    name.place = before;
    if (other) other.place = place;
  }
  least = Math.min(bytes, least);
  if (round % 1000 === 0) console.log(`${least} bytes after ${round} rounds`);
}
keepNames(program);
