import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { minifiedWithNumbers } from './minified.js';
import { type Program, takeApart } from './program.js';

/** Properties that callers see: of options, results and errors, and the callers' own. All others take short names; test/size holds this. */
const PUBLIC = [
  ...['width', 'height', 'channels', 'bitDepth', 'data', 'rank'], // a raster, a picture
  ...[
    'version',
    'layout',
    'step',
    'bytes',
    'complete',
    'psnr',
    'psnrAlpha',
    'layers',
    'sizes',
    'metadata',
    'tune',
  ], // Info
  ...['icc', 'exif', 'xmp'],
  ...['region', 'x', 'y', 'parts'],
  ...['maxPixels', 'maxMemory', 'maxProducts', 'tolerant', 'scale', 'signal', 'aborted', 'reason'],
  ...['info', 'done', 'push', 'picture', 'slices'], // Decoder
  ...['next', 'value'], // and 'done': of generators
  ...['code', 'field', 'got', 'expected', 'offset'],
];

/** Properties of what the language has, as far as a program uses it. */
const languageOf = (text: string): string[] =>
  Object.getOwnPropertyNames(globalThis)
    .filter(name => ['Function', 'String', 'Number'].includes(name) || new RegExp(`\\b${name}\\b`).test(text))
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
  'emptyFactor recompose putRow synthesise inverse8 filter',
  'toSamples chooseFilters applyFilter smooth fromChannels',
].flatMap(names => names.split(' '));

/** Nobody puts kernels in place of the shipped decoder's functions: it has these themselves. */
const plain: Plugin = {
  name: 'plain functions in place of kernels',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]kernels\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .match(/^import .*/gm)!
        .map(line => line.replace(/^import/, 'export').replace(/(\w+) as \w+/g, '$1'))
        .join('\n'),
    }));
  },
};

/** The decoder in one piece, of what tsc has made in `dist`; its names are still to be given. */
export async function decoderProgram(dist: string): Promise<Program> {
  const { outputFiles } = await build({
    entryPoints: [join(dist, 'decode/index.js')],
    bundle: true,
    minifySyntax: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    write: false,
    plugins: [plain],
  });
  const bundle = outputFiles[0]!.text;
  // Fractions with a name stand where they are used: the bundle's variables are no constants to the engine, and an inverse DCT takes twice as long.
  const fractions = new Map(
    Array.from(bundle.matchAll(/\b([A-Z]\w*) = (\d*\.\d+)[,;]/g), ([, name, value]) => [name!, value!]),
  );
  const text = bundle.replace(/\b[A-Z]\w*\b(?! =)/g, name => fractions.get(name) ?? name);
  for (const name of LOOPS)
    if (!text.includes(`function ${name}(`) && !new RegExp(`\\b${name} = \\(`).test(text))
      throw new Error(`no function ${name}`);
  const calls = new RegExp(`(?<!function |\\w)(${LOOPS.join('|')})\\(`, 'g');
  const numbered = await minifiedWithNumbers(text.replace(calls, '/*@__NOINLINE__*/$&'));
  return takeApart(numbered, new Set([...PUBLIC, ...languageOf(text)]));
}
