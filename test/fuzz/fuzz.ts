import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { addFinding, readState, writeState } from './state.js';

// Tries mutations of a seed, from where its last run ended, in a process that is watched.

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000000' },
    folder: { type: 'string', default: 'test/fuzz/results' },
  },
});
const folder = resolve(values.folder);
const seed = Number(values.seed);
const count = Number(values.count);

/** A mutation that takes longer than this many milliseconds counts as hanging. */
const HANGS = 300_000;

/** The mutation that the process is at. */
const at = (): number => Number(readFileSync(`${folder}/at`, 'utf8') || -1);

/** Why the process ended, if not for the end of its work. */
function watch(child: ChildProcess): Promise<string | undefined> {
  let last = -1;
  let since = performance.now();
  return new Promise(done => {
    const timer = setInterval(() => {
      const now = performance.now();
      if (at() !== last) since = now;
      last = at();
      if (now - since < HANGS) return;
      child.kill('SIGKILL');
      end('hangs');
    }, 1000);
    const end = (why?: string): void => {
      clearInterval(timer);
      done(why);
    };
    child.on('exit', (code, signal) => end(code === 0 ? undefined : `ends the process: ${signal ?? code}`));
  });
}

writeState(folder, readState(folder, seed));
writeFileSync(`${folder}/at`, '-1');
for (let before = -1; ; ) {
  const child = fork(new URL('./worker.ts', import.meta.url), [folder, values.seed, values.count], {
    execArgv: [...process.execArgv, '--max-old-space-size=768'],
  });
  const why = await watch(child);
  if (why === undefined) break;
  const n = at();
  if (!(n > before)) throw new Error(`no mutation was tried: ${why}`);
  before = n;
  const state = readState(folder, seed);
  addFinding(folder, state, { n, target: 'process', error: why });
  writeState(folder, { ...state, done: n + 1 });
}
const { done, seconds, findings } = readState(folder, seed);
console.log(
  `${Math.min(done, count)} mutations of seed ${seed} in ${seconds} s, ${findings.length} findings`,
);
process.exitCode = findings.length ? 1 : 0;
