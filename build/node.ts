import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

// Bundles what Node runs into dist/run: part of npm run build. Node loads modules one by one, and each thread loads them again, so that a program of
// hundreds starts slowly. What several entries need is in chunks that they share: there is one class of each error, and one set of kernels, for all of them.

const dist = join(import.meta.dirname, '../dist');
const to = join(dist, 'run');

/** Files of dist/run, and the modules that they are made of. The folder is flat: threads and kernels lie beside whoever asks for them, and the package two folders up. */
const ENTRIES = {
  main: 'cli/main',
  run: 'cli/run', // for tests
  thread: 'workers/thread',
  'part-thread': 'workers/part-thread',
  index: 'kernels/index',
  node: 'node/index',
  sequence: 'sequence/index',
  serve: 'serve/index',
  vite: 'vite/index',
  webpack: 'vite/webpack',
  rollup: 'vite/rollup',
  esbuild: 'vite/esbuild',
};

rmSync(to, { recursive: true, force: true });
await build({
  entryPoints: Object.fromEntries(
    Object.entries(ENTRIES).map(([name, module]) => [name, join(dist, `${module}.js`)]),
  ),
  outdir: to,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
});
copyFileSync(join(dist, 'kernels/kernels.wasm'), join(to, 'kernels.wasm'));
