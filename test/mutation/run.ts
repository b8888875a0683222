import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { Random } from '../fuzz/random.js';
import { MUTANT, type Mutant, mutate, TICK } from './mutate.js';

// Changes the decoder in one place after the other, each a mistake that somebody could make, and says which the suite of golden files does not notice.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'test/mutation/results' },
  },
});
const FOLDERS = ['decode', 'bits', 'planes', 'format', 'restore'];
/** Files of these folders that only write, or that only an encoder's choices need. */
const ENCODER =
  /(^|\/)(write|design|choose-|climb|statistics|kernels|range-encoder|truncate|verify|ranges-of|header-writer)[^/]*$/;
/** Turns of loops that one question may take. */
const TICKS = 3e7;

const root = join(import.meta.dirname, '../..');
const folder = resolve(values.folder);
mkdirSync(folder, { recursive: true });
const mutants: Mutant[] = [];
const mutated = (path: string): boolean =>
  (positionals.length ? positionals : FOLDERS).some(of => path.startsWith(join(root, 'src', of) + sep)) &&
  !ENCODER.test(path);

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['test/mutation/judge.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  logLevel: 'error',
  define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/golden')) },
  plugins: [
    {
      name: 'mutants',
      setup({ onLoad, onResolve }) {
        onResolve({ filter: /^lowrank$/ }, () => ({ path: join(root, 'src/index.ts') }));
        onLoad({ filter: /\.ts$/ }, ({ path }) => {
          if (!mutated(path)) return undefined;
          const add = (mutant: Mutant): number => mutants.push(mutant);
          return { contents: mutate(readFileSync(path, 'utf8'), relative(root, path), add), loader: 'js' };
        });
      },
    },
  ],
});
const judge = join(folder, 'judge.js');
writeFileSync(
  judge,
  `globalThis.${MUTANT} = 0; globalThis.__ticks = 0;
globalThis.${TICK} = () => { if (++globalThis.__ticks > ${TICKS}) throw new Error('endless'); };
${outputFiles[0]!.text}`,
);

// A sample is the same for a seed: the first so many of a random order.
const random = new Random(Number(values.seed), 0);
const all = mutants.map((_, i) => ({ number: i + 1, at: random.next() })).sort((a, b) => a.at - b.at);
const asked = all.slice(0, Number(values.count ?? all.length)).map(({ number }) => number);
const output = join(folder, 'judged.tsv');
rmSync(output, { force: true });
const judged = (): Map<number, string> =>
  new Map(
    (existsSync(output) ? readFileSync(output, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map(line => [Number(line.split('\t')[0]), line.split('\t')[1]!]),
  );
// A mutant that ends the process is one that is noticed: the others are judged by another.
for (let left = asked; left.length; ) {
  const { status, stderr } = spawnSync(process.execPath, [judge, output, ...left.map(String)], {
    encoding: 'utf8',
    timeout: 600_000 + 60_000 * left.length,
  });
  const known = judged();
  left = left.filter(number => !known.has(number));
  if (status === 0) break;
  if (!known.size && left.length === asked.length && /without a mutant/.test(stderr)) throw new Error(stderr);
  writeFileSync(output, `${left[0]}\tends the process\n`, { flag: 'a' });
  left = left.slice(1);
}

const results = judged();
const byFolder = new Map<string, { all: number; live: number }>();
for (const number of asked) {
  const { file, line, from, to } = mutants[number - 1]!;
  const of = file.split('/')[1]!;
  const counts = byFolder.get(of) ?? { all: 0, live: 0 };
  byFolder.set(of, counts);
  counts.all++;
  if (results.get(number) !== 'lives') continue;
  counts.live++;
  console.log(`lives: ${file}:${line}  ${from.replace(/\s+/g, ' ').slice(0, 80)}  ->  ${to}`);
}
let [total, live] = [0, 0];
for (const [of, counts] of byFolder) {
  total += counts.all;
  live += counts.live;
  console.log(`${of}: ${counts.all - counts.live} of ${counts.all} noticed`);
}
console.log(
  `${total - live} of ${total} noticed, ${((100 * (total - live)) / total).toFixed(1)} %, of ${mutants.length} mutants`,
);
