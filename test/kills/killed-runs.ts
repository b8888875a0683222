import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { prepare, SCENARIOS, type Scenario } from './scenarios.js';

// The build, like the killed program.
const { run } = (await import('../../dist/run/run.js' as string)) as typeof import('../../dist/cli/run.js');

const HERE = import.meta.dirname;
const MAIN = join(HERE, '../../dist/run/main.js');
/** What may remain after a process was killed. */
const TEMPORARY = /(^|\/)\.lowrank-[^/]*\.tmp(\/|$)/;
const RECORD = '.lowrank.jsonl';

/** How a run is killed: after this many milliseconds, or at the nth moment of its file operations. */
export type Kill = { after: number } | { at: number };

/** The outputs of an undisturbed run. */
interface Undisturbed {
  before: Map<string, Buffer>;
  after: Map<string, Buffer>;
  milliseconds: number;
  /** Number of moments in its file operations. */
  moments: number;
}

/** The outcome of a killed run. */
export interface Outcome {
  scenario: string;
  kill: Kill;
  /** Did it end before it was killed? */
  ended: boolean;
  /** Outputs by their state: existing ones that are unchanged are old. */
  absent: number;
  old: number;
  complete: number;
  /** Temporary files left by the kill. */
  litter: number;
  /** Violations: empty if all is well. */
  faults: string[];
}

/** A generator of numbers from 0 to 1. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs that are killed, each in a folder of its own. */
export class KilledRuns {
  constructor(readonly scenarios: readonly Scenario[] = SCENARIOS) {}

  readonly #undisturbed = new Map<Scenario, Promise<Undisturbed>>();
  #sequence: Promise<Map<string, Uint8Array>> | undefined;

  /** Kills `count` runs, from a seed: scenarios in turn, half of them at a time and half at a file operation. Reports each. */
  async run(count: number, seed: number, tell: (outcome: Outcome) => void, lanes = 2): Promise<void> {
    const next = numbers(seed);
    const plan = Array.from({ length: count }, (_, i) => ({
      scenario: this.scenarios[i % this.scenarios.length]!,
      byClock: (i + Math.floor(i / this.scenarios.length)) % 2 === 1,
      share: next(),
    }));
    const lane = async (): Promise<void> => {
      for (let item = plan.shift(); item; item = plan.shift()) {
        const whole = await this.#whole(item.scenario);
        const kill = item.byClock
          ? { after: Math.round(item.share * whole.milliseconds) }
          : { at: 1 + Math.floor(item.share * whole.moments) };
        tell(await this.#killed(item.scenario, kill, whole));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  #whole(scenario: Scenario): Promise<Undisturbed> {
    const found = this.#undisturbed.get(scenario) ?? this.#undisturb(scenario);
    this.#undisturbed.set(scenario, found);
    return found;
  }

  /** The sequence that others are made from. */
  #made(): Promise<Map<string, Uint8Array>> {
    this.#sequence ??= inPlace(async root => {
      await prepare(root, SCENARIOS[0]!, new Map());
      await start(root, ['encode', '@clip.gif', '-o', '@seq.lrk'], {}).ended;
      return new Map([['seq.lrk', await readFile(join(root, 'seq.lrk'))]]);
    });
    return this.#sequence;
  }

  async #undisturb(scenario: Scenario): Promise<Undisturbed> {
    const made = await this.#made();
    return inPlace(async root => {
      await prepare(root, scenario, made);
      const before = await filesOf(root);
      const started = performance.now();
      const counted = join(root, '.count');
      const { code, said } = await start(root, scenario.args, { COUNT_TO: counted }).ended;
      const milliseconds = performance.now() - started;
      if (code !== 0) throw new Error(`${scenario.name}: ends with ${code}: ${said}`);
      const moments = Number(await readFile(counted, 'utf8'));
      await rm(counted);
      return { before, after: await filesOf(root), milliseconds, moments };
    });
  }

  async #killed(scenario: Scenario, kill: Kill, { before, after }: Undisturbed): Promise<Outcome> {
    const made = await this.#made();
    return inPlace(async root => {
      const faults: string[] = [];
      await prepare(root, scenario, made);
      const run = start(root, scenario.args, 'at' in kill ? { DIE_AT: String(kill.at) } : {});
      const timer = 'after' in kill ? setTimeout(() => run.child.kill('SIGKILL'), kill.after) : undefined;
      const { signal } = await run.ended;
      clearTimeout(timer);
      const found = await filesOf(root, true);
      const litter = [...found.keys()].filter(path => TEMPORARY.test(path));
      for (const path of litter) found.delete(path);
      const counts = { absent: 0, old: 0, complete: 0 };
      for (const path of new Set([...before.keys(), ...after.keys(), ...found.keys()])) {
        const [old, whole, now] = [before.get(path), after.get(path), found.get(path)];
        const same = (a: Buffer | undefined): boolean => isSame(a, now, scenario);
        if (basename(path) === RECORD || (same(old) && same(whole))) continue;
        if (same(whole)) counts.complete++;
        else if (same(old)) counts.old++;
        else if (!now && (!old || (scenario.replaced && path.startsWith(scenario.replaced)))) counts.absent++;
        else faults.push(`${path} is ${now ? `something else, of ${now.length} bytes` : 'gone'}`);
      }
      const { code, said } = await resume(root, scenario.again ?? forced(scenario.args));
      if (code !== 0) faults.push(`cannot be resumed: ${said}`);
      const resumed = await filesOf(root, true);
      for (const path of new Set([...after.keys(), ...resumed.keys()])) {
        if (TEMPORARY.test(path)) faults.push(`${path} is still there`);
        else if (basename(path) !== RECORD && !isSame(after.get(path), resumed.get(path), scenario))
          faults.push(`${path} is not what it is where nobody disturbs`);
      }
      const ended = signal !== 'SIGKILL';
      return { scenario: scenario.name, kill, ended, ...counts, litter: litter.length, faults };
    });
  }
}

/** Are both there, and equal except for what varies? */
function isSame(a: Buffer | undefined, b: Buffer | undefined, { varies }: Scenario): boolean {
  if (!a || !b) return false;
  return a.equals(b) || (varies !== undefined && text(a, varies) === text(b, varies));
}

const text = (bytes: Buffer, varies: RegExp): string => bytes.toString('latin1').replace(varies, '');

const forced = (args: readonly string[]): string[] => [
  ...args,
  ...(args.includes('--force') ? [] : ['--force']),
];

interface Builder {
  build(cache: string, ...files: string[]): Promise<unknown>;
}

/** Starts the program, with `die.mjs` before it. */
function start(root: string, args: readonly string[], env: { DIE_AT?: string; COUNT_TO?: string }) {
  const [first, ...rest] = inFolder(root, args);
  const program = first!.endsWith('.mjs') ? [join(HERE, first!)] : [MAIN, first!];
  const child = spawn(process.execPath, ['--import', join(HERE, 'die.mjs'), ...program, ...rest], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', text => {
    said += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }) as const);
  return { child, ended };
}

/** Runs it again, in this process: nothing kills it, and it starts sooner. */
async function resume(root: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  const [first, ...rest] = inFolder(root, args);
  let said = '';
  const stream = () =>
    new Writable({
      write(chunk, _encoding, done) {
        said += chunk;
        done();
      },
    });
  if (!first!.endsWith('.mjs'))
    return {
      code: await run([first!, ...rest], { stdin: Readable.from([]), stdout: stream(), stderr: stream() }),
      said,
    };
  const { build } = (await import(new URL('build.mjs', import.meta.url).href)) as Builder;
  await build(...(rest as [string, ...string[]]));
  return { code: 0, said };
}

const inFolder = (root: string, args: readonly string[]): string[] =>
  args.map(arg => (arg.startsWith('@') ? join(root, arg.slice(1)) : arg));

async function inPlace<T>(work: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'lowrank-kills-'));
  try {
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** All files of a folder, by path, without the folder's own name; with `all` also empty temporary folders. */
async function filesOf(root: string, all = false): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (entry.isFile())
      files.set(name, Buffer.from((await readFile(path, 'latin1')).replaceAll(root, ''), 'latin1'));
    else if (all && TEMPORARY.test(name)) files.set(name, Buffer.alloc(0));
  }
  return files;
}
