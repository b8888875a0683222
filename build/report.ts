import { join } from 'node:path';
import { build } from 'esbuild';
import { decoderApart } from './decoder-apart.js';

// Completes dist/report after tsc: script and style of the page, which `lowrank compare` embeds in its .html files, with the decoder.

const root = join(import.meta.dirname, '..');

await build({
  entryPoints: {
    main: join(root, 'src/report/page/main.ts'),
    style: join(root, 'src/report/page/style.css'),
  },
  outdir: join(root, 'dist/report/page'),
  bundle: true,
  plugins: [decoderApart],
  minify: true,
  target: 'es2022',
  format: 'iife',
  legalComments: 'none',
  logLevel: 'warning',
});
