import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SAMPLES } from '../src/explore/samples.js';
import { BANNER } from './banner.js';

// Builds the explorer as static files, in dist/explorer or the folder that is given: npm run build:explorer -- [folder]

const root = join(import.meta.dirname, '..');
const page = join(root, 'src/explore/page');
const to = process.argv[2] ?? join(root, 'dist/explorer');

rmSync(to, { recursive: true, force: true });
mkdirSync(join(to, 'samples'), { recursive: true });
await build({
  entryPoints: {
    main: join(page, 'main.ts'),
    worker: join(root, 'src/explore/worker/worker.ts'),
    style: join(page, 'style.css'),
  },
  outdir: to,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  banner: { js: BANNER, css: BANNER },
  logLevel: 'warning',
});
copyFileSync(join(page, 'index.html'), join(to, 'index.html'));
copyFileSync(join(root, 'dist/kernels/kernels.wasm'), join(to, 'kernels.wasm'));
for (const name of [...Object.keys(SAMPLES).flatMap(name => [`${name}.png`, `${name}.lrk`]), 'balloons.lrk'])
  copyFileSync(join(root, 'samples', name), join(to, 'samples', name));
