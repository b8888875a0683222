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
writeFileSync(join(dist, 'lowrank-decode.js'), await minified(outputFiles[0]!.text, true));
