import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { behindDoors, inRun } from './doors.js';

// Bundles what Node runs into dist/run: part of npm run build. Node loads modules one by one, and each thread loads them again, so that a
// program of hundreds of modules starts slowly. Code that several entries need is in shared chunks: so there is only one class of each
// error, and one set of kernels. Whatever pages and bundlers can import by itself is an entry too: no chunk then has more than they need,
// and the package can have these files alone, see build/slim.ts.

const dist = join(import.meta.dirname, '../dist');
const to = join(dist, 'run');

/**
 * Files of dist/run, and the modules that they are made from. The folder is flat: files of threads and kernels lie beside the files that
 * load them, and the root of the package is two folders up.
 */
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
