import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { TARGETS } from '../targets/index.js';
import { COUNTERS, instrument } from './instrument.js';

// Guided by what the code does with them, mutations of one target after the other, for so many minutes each; a folder keeps what was found worth mutating for the next run.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '30' },
    folder: { type: 'string', default: 'test/fuzz/results/guided' },
  },
});
const folder = resolve(values.folder);
const root = join(import.meta.dirname, '../../..');
const source = join(root, 'src');
const bundle = join(folder, 'guide.js');

/** What stands in the place of the package: modules that count, and what is shipped for pages as it is. */
const ENTRIES: Record<string, string> = {
  lowrank: 'src/index.ts',
  'lowrank/serve': 'src/serve/index.ts',
  'lowrank/decode': 'dist/lowrank-decode.js',
};

let counters = 0;
const next = (): number => counters++;
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['test/fuzz/guided/guide.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: bundle,
  write: false,
  logLevel: 'error',
  define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/fuzz')) },
  plugins: [
    {
      name: 'instrument',
      setup({ onLoad, onResolve }) {
        onResolve({ filter: /^lowrank(\/|$)/ }, ({ path }) => ({ path: join(root, ENTRIES[path]!) }));
        onLoad({ filter: /\.ts$/ }, ({ path }) =>
          path.startsWith(source + sep) && !path.startsWith(join(source, 'encode'))
            ? { contents: instrument(readFileSync(path, 'utf8'), path, next), loader: 'js' }
            : undefined,
        );
      },
    },
  ],
});
mkdirSync(folder, { recursive: true });
writeFileSync(bundle, `globalThis.${COUNTERS} = new Uint32Array(${counters});\n${outputFiles[0]!.text}`);

let failed = 0;
for (const name of positionals.length ? positionals : TARGETS.map(target => target.name)) {
  const minutes = Number(values.minutes);
  const { status, signal } = spawnSync(process.execPath, [bundle, name, `${minutes}`, folder], {
    stdio: 'inherit',
    timeout: 60_000 * (minutes + 10),
    killSignal: 'SIGKILL',
  });
  if (status !== 0) failed++;
  if (signal) console.log(`${name}: hangs, or ended the process: ${join(folder, `current-${name}`)}`);
}
process.exitCode = failed ? 1 : 0;
