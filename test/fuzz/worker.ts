import { openSync, writeSync } from 'node:fs';
import { MOST_MEMORY, mostMilliseconds } from './bounds.js';
import { mutationOf } from './one-mutation.js';
import { addFinding, readState, writeState } from './state.js';

// The process that tries mutations, which may hang or die: it records which one it tries, and every other second how far it is.

const [folder, seed, to] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];
const state = readState(folder, seed);
const at = openSync(`${folder}/at`, 'w');

// Stack traces of expected errors, as most are, would take more time than the work.
process.setSourceMapsEnabled(false);

const memory = (): number => 1024 * process.resourceUsage().maxRSS;

/** Tries one mutation, again if it was slow: the machine may be busy. */
async function attemptOne(n: number, warm: boolean): Promise<void> {
  const { target, bytes, run } = mutationOf(seed, n);
  state.byTarget[target.name] = (state.byTarget[target.name] ?? 0) + 1;
  try {
    const held = memory();
    const most = mostMilliseconds(bytes.length);
    let took = Infinity;
    for (let times = 3; times-- && took > most; ) {
      const start = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(start);
      took = (user + system) / 1000;
    }
    if (took > most) throw new Error(`slow: ${Math.round(took)} ms`);
    const grown = memory() - held;
    if (warm && grown > MOST_MEMORY) throw new Error(`large: ${grown >> 20} MiB more`);
  } catch (error) {
    addFinding(folder, state, { n, target: target.name, error: `${(error as Error).stack}` }, bytes);
  }
}

const from = state.done;
const { seconds } = state;
const begun = performance.now();
let saved = begun;
let told = begun;
for (let n = from; n < to; n++) {
  writeSync(at, `${n}`.padEnd(12), 0);
  await attemptOne(n, n - from > 5000);
  state.done = n + 1;
  const now = performance.now();
  if (now - saved < 2000 && n < to - 1) continue;
  saved = now;
  state.seconds = Math.round(seconds + (now - begun) / 1000);
  writeState(folder, state);
  if (now - told < 30_000 && n < to - 1) continue;
  told = now;
  const speed = ((n + 1 - from) / (now - begun)) * 1000;
  console.log(`${n + 1} of ${to}, ${speed.toFixed(0)} a second, ${state.findings.length} findings`);
}
process.exit();
