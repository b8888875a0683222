/**
 * Makes the files of dist that web pages load as they are, of what tsc has made: run by `npm run build`.
 *
 *   dist/web/element.js           the element, in which `core` contains the decoder, see src/web/core.ts
 *   dist/web/service-worker.js    with the decoder in it, for service workers that are no modules of a bundler
 *   dist/lowrank.min.js           a script that defines the element
 *   dist/lowrank-sw.min.js        a script that is a whole service worker
 */
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const dist = join(import.meta.dirname, '../dist');

const common: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
};

/** The text of a module that exports `core` as one function which refers to nothing outside of it. */
async function coreModule(): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(dist, 'web/core.js')],
    format: 'esm',
    write: false,
  });
  const text = outputFiles[0]!.text;
  const body = text.replace(/export\{(\w+) as core\};\s*$/, 'return $1()');
  if (body === text) throw new Error('the bundle of core.js ends otherwise than expected');
  return `export const core=()=>{${body}}`;
}

const contents = await coreModule();
const core: Plugin = {
  name: 'core',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]web[\\/]core\.js$/ }, () => ({ contents }));
  },
};

const bundle = (from: string, to: string, format: 'esm' | 'iife'): Promise<unknown> =>
  build({
    ...common,
    entryPoints: [join(dist, from)],
    outfile: join(dist, to),
    format,
    plugins: [core],
    allowOverwrite: true,
  });

await bundle('web/script.js', 'lowrank.min.js', 'iife');
await bundle('web/element.js', 'web/element.js', 'esm');
