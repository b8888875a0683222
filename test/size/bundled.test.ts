import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Format } from 'esbuild';
import { afterAll, expect, it } from 'vitest';

// A server that is bundled with lowrank/node in it, against the advice of docs/library.md.

const ROOT = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'lowrank-bundled-'));
mkdirSync(join(place, 'node_modules'));
symlinkSync(join(ROOT, 'node_modules/sharp'), join(place, 'node_modules/sharp'), 'junction');
afterAll(() => rmSync(place, { recursive: true, force: true }));

const CODE = `
  import { encode } from 'lowrank';
  import { decodeAsync, encodeAsync, encodeImage, readImage } from 'lowrank/node';
  const raster = { width: 8, height: 8, channels: 1, bitDepth: 8, data: new Uint8Array(64) };
  const failed = task => task.then(() => 'done', ({ message }) => message);
  (async () => {
    const { bytes } = await encodeImage(raster, { format: 'png', engine: 'pngjs' });
    console.log((await readImage(bytes, { engine: 'pngjs' })).raster.width, encode(raster).length);
    const { bytes: jpeg } = await encodeImage(raster, { format: 'jpeg' });
    console.log((await readImage(jpeg, { engine: 'sharp' })).raster.height);
    console.log(await failed(encodeAsync(raster)));
    console.log(await failed(decodeAsync(encode(raster))));
  })();`;

it.each<[Format, string]>([
  ['esm', "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);"],
  ['cjs', ''],
])('A bundle in the format %s reads and encodes, by sharp too, says that its threads are missing, and asks for no optional package', async (format, js) => {
  const outfile = join(place, `${format}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  const { metafile } = await build({
    stdin: { contents: CODE, resolveDir: ROOT },
    bundle: true,
    platform: 'node',
    format,
    banner: { js },
    external: ['sharp'],
    outfile,
    metafile: true,
    logLevel: 'error',
  });
  const asked = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect(asked.filter(path => path.includes('calc-s2-rust'))).toEqual([]);
  const [read, bySharp, ...refusals] = execFileSync(process.execPath, [outfile], {
    cwd: place,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
  expect(read).toMatch(/^8 \d+$/);
  expect(bySharp).toBe('8');
  expect(refusals).toHaveLength(2);
  for (const refusal of refusals) expect(refusal).toContain('leave the package out of the bundle');
});
