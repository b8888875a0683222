import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { minified } from './minified.js';

// Bundles and minifies dist/decode/index.js into dist/lowrank-decode.js, what `lowrank/decode` is: part of npm run build.

/** Properties that callers see: of options, results and errors, and the callers' own. All others take short names; test/size holds this. */
const PUBLIC = [
  ...['width', 'height', 'channels', 'bitDepth', 'data', 'rank'], // a raster, a picture
  ...['version', 'layout', 'step', 'bytes', 'complete', 'psnr', 'psnrAlpha', 'layers', 'metadata'], // Info
  ...['icc', 'exif', 'xmp'],
  ...['maxPixels', 'scale', 'signal', 'aborted', 'reason'],
  ...['info', 'done', 'push', 'picture', 'slices'], // Decoder
  ...['next', 'value'], // and 'done': of generators
  ...['code', 'field', 'got', 'expected', 'offset'],
];

/** Properties that the language has. */
const LANGUAGE = Object.getOwnPropertyNames(globalThis)
  .map(name => (globalThis as Record<string, unknown>)[name])
  .filter(of => of !== null && (typeof of === 'object' || typeof of === 'function'))
  .concat(Object.getPrototypeOf(Uint8Array))
  .flatMap(of => [of, (of as { prototype?: unknown }).prototype ?? {}])
  .flatMap(of => Object.getOwnPropertyNames(of));

/**
 * Functions with the long loops, and what these call: they stay what they are. Terser makes an expression of a function that is called in one place, and puts
 * it there; made anew at each call of the one around it, it runs at half the speed.
 */
const LOOPS = [
  'readAlive aliveExpectation readPlane visitPlane meanOf projected putValue accumulate compand signLevel levelOf',
  'factor fillPlane recompose putRow synthesise inverse8 filter',
  'toSamples chooseFilters applyFilter smooth fromChannels',
].flatMap(names => names.split(' '));

const dist = join(import.meta.dirname, '../dist');
const kept = [...new Set([...PUBLIC, ...LANGUAGE])].filter(name => /^\w+$/.test(name));
const { outputFiles } = await build({
  entryPoints: [join(dist, 'decode/index.js')],
  bundle: true,
  minifySyntax: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  mangleProps: /./,
  reserveProps: new RegExp(`^(${kept.join('|')})$`),
  write: false,
});
const [bundle] = outputFiles;
// Fractions with a name stand where they are used: the bundle's variables are no constants to the engine, and an inverse DCT takes twice as long.
const fractions = new Map(
  Array.from(bundle!.text.matchAll(/\b([A-Z]\w*) = (\d*\.\d+)[,;]/g), ([, name, value]) => [name!, value!]),
);
const text = bundle!.text.replace(/\b[A-Z]\w*\b(?! =)/g, name => fractions.get(name) ?? name);
for (const name of LOOPS)
  if (!text.includes(`function ${name}(`) && !new RegExp(`\\b${name} = \\(`).test(text))
    throw new Error(`no function ${name}`);
const calls = new RegExp(`(?<!function |\\w)(${LOOPS.join('|')})\\(`, 'g');
writeFileSync(
  join(dist, 'lowrank-decode.js'),
  await minified(text.replace(calls, '/*@__NOINLINE__*/$&'), true),
);
