/**
 * Makes the files of dist that web pages load as they are, of what tsc and build/decoder.ts have made: part of npm run build.
 *
 *   dist/web/element.js           the element, in which `core` contains the decoder, see src/web/core.ts; define.js imports it
 *   dist/lowrank.min.js           a script that defines the element and upgrades <img data-lowrank>
 *   dist/lowrank-sw.min.js        a script that is a whole service worker
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { minified } from './minified.js';

const dist = join(import.meta.dirname, '../dist');

/** Everything here takes the decoder as it is shipped, with its short names. */
const decoder: Plugin = {
  name: 'decoder',
  setup({ onResolve }) {
    onResolve({ filter: /[\\/]decode[\\/]index\.js$/ }, () => ({ path: join(dist, 'lowrank-decode.js') }));
  },
};

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
    plugins: [decoder],
    format: 'esm',
    write: false,
  });
  const text = outputFiles[0]!.text;
  const body = text.replace(/export\{([\w$]+) as core\};\s*$/, 'return $1()');
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

async function bundle(from: string, to: string, format: 'esm' | 'iife'): Promise<void> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(dist, from)],
    format,
    plugins: [core, decoder],
    write: false,
  });
  // The decoder's functions stay what they are, see build/decoder.ts.
  writeFileSync(join(dist, to), await minified(outputFiles[0]!.text, format === 'esm', false));
}

await bundle('web/script.js', 'lowrank.min.js', 'iife');
await bundle('web/service-worker-script.js', 'lowrank-sw.min.js', 'iife');
await bundle('web/element.js', 'web/element.js', 'esm');
const worker = join(dist, 'web/service-worker.js');
writeFileSync(worker, readFileSync(worker, 'utf8').replace('../decode/index.js', '../lowrank-decode.js'));
// What is in the element's bundle now is of use to nobody else.
const KEPT = ['element.js', 'define.js', 'service-worker.js', 'png.js'];
for (const name of readdirSync(join(dist, 'web')))
  if (name.endsWith('.js') && !KEPT.includes(name)) rmSync(join(dist, 'web', name));
