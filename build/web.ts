/**
 * Makes the files of dist that web pages load directly, from the output of tsc and build/decoder.ts: part of npm run build.
 *
 *   dist/web/element.js           the element, with the decoder as `core`, see src/web/core.ts; define.js imports it
 *   dist/web/player.js, large.js  what it imports for a sequence or a large picture: each imports one of the two scripts for these
 *   dist/lowrank.min.js           a script that defines the element and upgrades <img data-lowrank>
 *   dist/lowrank-player.min.js    what that imports for a sequence, and its worker: `core` is the reader of sequences
 *   dist/lowrank-large.min.js     what that imports for a large picture, and its worker: `core` is the decoder with its kernels
 *   dist/lowrank-sw.min.js        a script that is a complete service worker
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { DECODER_HERE, decoderExpression } from '../src/report/decoder-expression.js';
import { BANNER } from './banner.js';
import { decoderApart } from './decoder-apart.js';
import { minified } from './minified.js';

const dist = join(import.meta.dirname, '../dist');

/** The module of dist/web whose core has kernels. */
const LARGE = 'large-core.js';

const decoderText = decoderExpression(readFileSync(join(dist, 'lowrank-decode.js'), 'utf8'));

const common: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
};

/** The kernels of a decoder, as text. */
const LOWRANK_KERNELS = JSON.stringify(readFileSync(join(dist, 'kernels/decoding.wasm')).toString('base64'));

/**
 * The text of a module of dist/web that exports `core`, as one function that refers to nothing outside of it. With kernels it contains the
 * decoder's modules, whose functions the kernels replace.
 */
async function coreModule(name: string): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(dist, 'web', name)],
    plugins: name === LARGE ? [] : [decoderApart],
    define: { LOWRANK_KERNELS },
    format: 'esm',
    write: false,
  });
  const text = outputFiles[0]!.text;
  const body = text.replace(/export\{([\w$]+) as core\};\s*$/, 'return $1()');
  if (body === text) throw new Error(`the bundle of ${name} ends otherwise than expected`);
  return `export const core=()=>{${body}}`;
}

const texts = new Map<string, string>();
for (const name of ['core.js', 'player-core.js', LARGE]) texts.set(name, await coreModule(name));
const core: Plugin = {
  name: 'core',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]web[\\/]((player|large)-)?core\.js$/ }, ({ path }) => ({
      contents: texts.get(basename(path))!,
    }));
  },
};

/** Bundles a module of dist into another one, or into a script if `isScript`; files in `external` are fetched by the page when needed. */
async function bundle(from: string, to: string, isScript = false, external: string[] = []): Promise<void> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(dist, from)],
    format: 'esm',
    plugins: [core, decoderApart],
    external,
    write: false,
  });
  // If it contains the decoder's modules instead, it has the long loops: these functions are not inlined, see build/decoder-program.ts.
  const bundled = outputFiles[0]!.text;
  const short = await minified(bundled, bundled.includes(DECODER_HERE));
  const code = short.replace(DECODER_HERE, () => decoderText);
  const text = isScript ? `"use strict";(()=>{${code}})();` : code;
  writeFileSync(join(dist, to), to.endsWith('.min.js') ? `${BANNER}\n${text}` : text);
}

const LATER = ['./player.js', './large.js'];
await bundle('web/script.js', 'lowrank.min.js', true, LATER);
await bundle('web/large-script.js', 'lowrank-large.min.js');
await bundle('web/player-script.js', 'lowrank-player.min.js');
await bundle('web/service-worker-script.js', 'lowrank-sw.min.js', true);
await bundle('web/element.js', 'web/element.js', false, LATER);
// Whatever is fetched later is one file, for scripts and modules alike.
for (const name of ['player', 'large'])
  writeFileSync(join(dist, `web/${name}.js`), `export * from '../lowrank-${name}.min.js';\n`);
const worker = join(dist, 'web/service-worker.js');
writeFileSync(worker, readFileSync(worker, 'utf8').replace('../decode/index.js', '../lowrank-decode.js'));
// Modules that are now in the element's bundle are not needed otherwise.
const KEPT = [
  'element.js',
  'player.js',
  'large.js',
  'define.js',
  'service-worker.js',
  'png.js',
  'html-tag.js',
];
for (const name of readdirSync(join(dist, 'web')))
  if (name.endsWith('.js') && !KEPT.includes(name)) rmSync(join(dist, 'web', name));
