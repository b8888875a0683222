import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleOf } from '../../code/bundle.js';
import { TARGETS } from '../targets/index.js';
import { COUNTERS, instrument } from './instrument.js';

// Guided by coverage, tries mutations of one target after the other, for this many minutes of processor time each, earlier runs included; a
// folder keeps these, and the files worth mutating.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '30' },
    folder: { type: 'string', default: 'test/fuzz/results/guided' },
  },
});
const folder = resolve(values.folder);
const source = join(import.meta.dirname, '../../../src');
const bundle = join(folder, 'guide.js');

/** Replacements for the package: modules that count, and what is published for pages unchanged. */
const ENTRIES: Record<string, string> = {
  lowrank: 'src/index.ts',
  'lowrank/serve': 'src/serve/index.ts',
  'lowrank/decode': 'dist/lowrank-decode.js',
};

let counters = 0;
const next = (): number => counters++;
const program = await bundleOf({
  entry: 'test/fuzz/guided/guide.ts',
  folder: 'test/fuzz',
  packages: ENTRIES,
  change: (path, text) =>
    path.startsWith(source + sep) && !path.startsWith(join(source, 'encode'))
      ? instrument(text(), path, next)
      : undefined,
});
mkdirSync(folder, { recursive: true });
writeFileSync(bundle, `globalThis.${COUNTERS} = new Uint32Array(${counters});\n${program}`);

let failed = 0;
for (const name of positionals.length ? positionals : TARGETS.map(target => target.name)) {
  const minutes = Number(values.minutes);
  const { status, signal } = spawnSync(process.execPath, [bundle, name, `${minutes}`, folder], {
    stdio: 'inherit',
    timeout: 10 * 60_000 * (minutes + 1),
    killSignal: 'SIGKILL',
  });
  if (status !== 0) failed++;
  if (signal) console.log(`${name}: hangs, or ended the process: ${join(folder, `current-${name}`)}`);
}
process.exitCode = failed ? 1 : 0;
