import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { behindDoors, inRun } from './doors.js';

// Bundles what Node runs into dist/run: part of npm run build. Node loads modules one by one, and each thread loads them again, so that a program of
// hundreds starts slowly. What several entries need is in chunks that they share: there is one class of each error, and one set of kernels, for all of them.
// What pages and bundlers can ask for by itself is an entry as well: no chunk has more than that needs, so that the package can have these files alone, see build/slim.ts.

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
  entryPoints: [
    ...Object.entries(ENTRIES).map(([out, module]) => ({ out, in: join(dist, `${module}.js`) })),
    ...behindDoors(dist).map(module => ({
      out: inRun(module).replace(/\.js$/, ''),
      in: join(dist, module),
    })),
  ],
  outdir: to,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
});
copyFileSync(join(dist, 'kernels/kernels.wasm'), join(to, 'kernels.wasm'));
