import { createHash } from 'node:crypto';
import {
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { mostMilliseconds } from '../bounds.js';
import { pickSeed, type Seed, seedOf } from '../corpus.js';
import { mutateFrom } from '../mutate/index.js';
import { Random } from '../random.js';
import { TARGETS } from '../targets/index.js';

// The guided process. A file that reaches a place of the code for the first time, or a new number of times, is kept and mutated further.

declare const __counters: Uint32Array;

const [name, minutes, folder] = [process.argv[2]!, Number(process.argv[3]), process.argv[4]!];
const target = TARGETS.find(of => of.name === name)!;
const { suits } = target;
const kept = join(folder, 'corpus', name);
const found = join(folder, 'findings');
for (const of of [kept, found]) mkdirSync(of, { recursive: true });
const current = openSync(join(folder, `current-${name}`), 'w');

/** Minutes of processor time that earlier runs have spent on the target, and this one. */
const account = join(folder, `minutes-${name}`);
const before = existsSync(account) ? Number(readFileSync(account, 'utf8')) : 0;
const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return before + (user + system) / 60e6;
};

/** By counter: the powers of two that it has reached. */
const seen = new Uint32Array(__counters.length);

/** What was new since counters were last reset. */
function news(): number {
  let count = 0;
  for (let i = 0; i < seen.length; i++) {
    const times = __counters[i]!;
    if (!times) continue;
    const bit = 1 << Math.min(8, 31 - Math.clz32(times));
    if (seen[i]! & bit) continue;
    seen[i]! |= bit;
    count++;
  }
  return count;
}

const errors = new Set<string>();
let runs = 0;

/** Runs the target; returns what was new about it. */
async function attempt(bytes: Uint8Array, n: number): Promise<number> {
  writeSync(current, bytes, 0, bytes.length, 0);
  ftruncateSync(current, bytes.length);
  __counters.fill(0);
  runs++;
  const start = process.cpuUsage();
  try {
    await target.run(bytes, new Random(7, n));
    const { user, system } = process.cpuUsage(start);
    if (user + system > 1000 * mostMilliseconds(bytes.length)) throw new Error('slow');
  } catch (error) {
    const said = `${(error as Error).stack}`.split('\n').slice(0, 3).join('\n');
    if (!errors.has(said.replace(/\d+/g, '#'))) {
      errors.add(said.replace(/\d+/g, '#'));
      console.log(`${name}: ${said}`);
      writeFileSync(join(found, `${name}-${n}.lrk`), bytes);
    }
  }
  return news();
}

/** Larger files take the time of many small ones, and grow with mutations: they are not tried. */
const LARGEST = 2 ** 16;

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const pool: Seed[] = [];
const add = (bytes: Uint8Array): void => {
  pool.push(seedOf(`${pool.length}`, bytes));
};

process.setSourceMapsEnabled(false);
const random = new Random(Number(process.argv[5] ?? Date.now() % 1e9), 0);
for (const file of readdirSync(kept)) {
  const bytes = new Uint8Array(readFileSync(join(kept, file)));
  if (await attempt(bytes, Number.parseInt(file, 16) % 1e9)) add(bytes);
}
let told = performance.now();
while (spent() < minutes) {
  // Prefers what was kept last; sometimes a golden file.
  const seed =
    pool.length && random.chance(0.9)
      ? pool[pool.length - 1 - random.small(pool.length)]!
      : pickSeed(random, suits);
  const other = pickSeed(random, of => !of.sequence);
  const bytes = mutateFrom(seed, other, random).slice();
  if (bytes.length > LARGEST) continue;
  const id = hash(bytes);
  if (await attempt(bytes, Number.parseInt(id, 16) % 1e9)) {
    add(bytes);
    writeFileSync(join(kept, id), bytes);
  }
  if (performance.now() - told < 60_000) continue;
  told = performance.now();
  tell();
}
tell();
process.exit(errors.size ? 1 : 0);

function tell(): void {
  const places = seen.filter(bits => bits).length;
  writeFileSync(account, `${spent()}`);
  console.log(
    `${name}: ${spent().toFixed(1)} minutes, ${runs} runs, ${places} of ${seen.length} places, ${pool.length} files kept, ${errors.size} findings`,
  );
}
