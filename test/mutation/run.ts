import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleOf } from '../code/bundle.js';
import { Random } from '../fuzz/random.js';
import { MUTANT, type Mutant, mutate, TICK } from './mutate.js';

// Changes the decoder in one place after another, each a plausible mistake, and reports those that the suite of golden files does not
// notice.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'test/mutation/results' },
  },
});
const FOLDERS = ['decode', 'bits', 'planes', 'format', 'restore'];
/** Files of these folders that only write, or that serve only an encoder's choices. */
const ENCODER =
  /(^|\/)(write|design|choose-|climb|statistics|kernels|range-encoder|truncate|verify|ranges-of|header-writer)[^/]*$/;
/** Loop iterations that one question may take. */
const TICKS = 3e7;

const root = join(import.meta.dirname, '../..');
const folder = resolve(values.folder);
mkdirSync(folder, { recursive: true });
const mutants: Mutant[] = [];
const mutated = (path: string): boolean =>
  (positionals.length ? positionals : FOLDERS).some(of => path.startsWith(join(root, 'src', of) + sep)) &&
  !ENCODER.test(path);

const text = await bundleOf({
  entry: 'test/mutation/judge.ts',
  folder: 'test/golden',
  packages: { lowrank: 'src/index.ts' },
  change: (path, source) =>
    mutated(path) ? mutate(source(), relative(root, path), mutant => mutants.push(mutant)) : undefined,
});
const judge = join(folder, 'judge.js');
const program = `globalThis.${MUTANT} = 0; globalThis.__ticks = 0;
globalThis.${TICK} = () => { if (++globalThis.__ticks > ${TICKS}) throw new Error('endless'); };
${text}`;
const output = join(folder, 'judged.tsv');
// What was judged for the same program before need not be judged again.
if (!existsSync(judge) || readFileSync(judge, 'utf8') !== program) rmSync(output, { force: true });
writeFileSync(judge, program);

// A sample is the same for a seed: the first ones of a random order.
const random = new Random(Number(values.seed), 0);
const all = mutants.map((_, i) => ({ number: i + 1, at: random.next() })).sort((a, b) => a.at - b.at);
const asked = all.slice(0, Number(values.count ?? all.length)).map(({ number }) => number);
const judged = (): Map<number, string> =>
  new Map(
    (existsSync(output) ? readFileSync(output, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map(line => [Number(line.split('\t')[0]), line.split('\t')[1]!]),
  );
// A mutant that ends the process counts as noticed: another process judges the rest.
for (let left = asked.filter(number => !judged().has(number)); left.length; ) {
  const { status, stderr } = spawnSync(process.execPath, [judge, output, ...left.map(String)], {
    encoding: 'utf8',
    timeout: 600_000 + 60_000 * left.length,
  });
  const known = judged();
  left = left.filter(number => !known.has(number));
  if (status === 0) break;
  if (/without a mutant/.test(stderr)) throw new Error(stderr);
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
