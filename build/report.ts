import { join } from 'node:path';
import { build } from 'esbuild';

// Completes dist/report after tsc: the script and the style of the page, which `lowrank compare` puts into its .html files, and charts.js with the libraries
// it draws with, so that those who install the package need not have them.

const root = join(import.meta.dirname, '..');
const to = join(root, 'dist/report');
const shared = { bundle: true, minify: true, target: 'es2022', logLevel: 'warning' } as const;

await build({
  ...shared,
  entryPoints: {
    main: join(root, 'src/report/page/main.ts'),
    style: join(root, 'src/report/page/style.css'),
  },
  outdir: join(to, 'page'),
  format: 'iife',
  legalComments: 'none',
});
await build({
  ...shared,
  entryPoints: [join(root, 'src/report/charts.ts')],
  outfile: join(to, 'charts.js'),
  platform: 'node',
  format: 'esm',
  // linkedom takes a canvas where one is installed, and does without.
  external: ['canvas'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  legalComments: 'linked',
});
