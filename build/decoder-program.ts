import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { minifiedWithNumbers } from './minified.js';
import { type Program, takeApart } from './program.js';

/**
 * Properties that callers see: of options, results and errors, and of callers' own objects. All others get short names; test/size checks
 * this.
 */
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

/** Properties of the language's built-ins, as far as the program uses them. */
const languageOf = (text: string): string[] =>
  Object.getOwnPropertyNames(globalThis)
    .filter(name => ['Function', 'String', 'Number'].includes(name) || new RegExp(`\\b${name}\\b`).test(text))
    .map(name => (globalThis as Record<string, unknown>)[name])
    .filter(value => value !== null && (typeof value === 'object' || typeof value === 'function'))
    .concat(Object.getPrototypeOf(Uint8Array))
    .flatMap(value => [value, (value as { prototype?: unknown }).prototype ?? {}])
    .flatMap(value => Object.getOwnPropertyNames(value));

/**
 * Functions with the long loops, and those that they call: they are not inlined. Terser would turn a function that is called in one place
 * into an expression there; created again at each call of the outer function, it runs at half the speed.
 */
const LOOPS = [
  'readAlive aliveExpectation readPlane visitPlane meanOf projected putValue accumulate compand signLevel levelOf',
  'emptyFactor recompose putRow synthesise inverse8 filter',
  'toSamples chooseFilters applyFilter smooth fromChannels',
].flatMap(names => names.split(' '));

/** Nothing replaces functions of the published decoder by kernels: it calls them directly. */
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

/** The decoder in one piece, from what tsc wrote to `dist`, before names are given. */
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
  // Fractions with a name are inlined where they are used: the engine does not treat the bundle's variables as constants, and an inverse
  // DCT would take twice as long.
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
