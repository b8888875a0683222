import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import * as lowrank from 'lowrank';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { slim } from '../../build/slim.js';

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'lowrank-package-'));

interface Packed {
  filename: string;
  unpackedSize: number;
  files: { path: string; size: number }[];
}
let packed: Packed;

/** The package as `npm pack` makes it, from the present build. */
beforeAll(() => {
  for (const name of ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'types', 'dist'])
    cpSync(join(root, name), join(place, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
  slim(place);
  const args = ['pack', '--ignore-scripts', '--json'];
  [packed] = JSON.parse(execFileSync('npm', args, { cwd: place, encoding: 'utf8' })) as [Packed];
}, 400_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

it('The package takes at most 1,000 kB, without the page of the explorer', () => {
  const site = packed.files.filter(({ path }) => path.startsWith('dist/explorer/'));
  const size = packed.unpackedSize - site.reduce((sum, file) => sum + file.size, 0);
  console.log(`the package: ${size} bytes, and ${packed.unpackedSize - size} of the explorer`);
  expect(size).toBeLessThanOrEqual(1_000_000);
});

it('The package has the files of its entry points, and no tests, sources or samples', () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'types/react.d.ts', 'dist/lowrank.min.js']),
  );
  expect(paths.filter(path => /^(src|test|docs|samples|bench)\//.test(path))).toEqual([]);
  expect(paths.filter(path => !/^(dist|types)\//.test(path)).sort()).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
  ]);
  // Modules that only the explorer's own script needs, and modules of types.
  expect(paths.filter(path => /spectra\/factor-picture|plot\/hover|batch-job\.js|\.map$/.test(path))).toEqual(
    [],
  );
});

it('Scripts for pages state version and licence', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of [
    'lowrank.min.js',
    'lowrank-player.min.js',
    'lowrank-large.min.js',
    'lowrank-sw.min.js',
    'explorer/main.js',
    'explorer/worker.js',
  ])
    expect(readFileSync(join(place, 'dist', name), 'utf8').slice(0, 100)).toContain(
      `/*! lowrank ${version}, MIT licence */`,
    );
});

it('Every installed package is pinned by its hash, and has no address of its own', () => {
  const { lockfileVersion, packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    lockfileVersion: number;
    packages: Record<string, { integrity?: string; resolved?: string; dependencies?: object }>;
  };
  expect(lockfileVersion).toBe(3);
  const { '': own, ...others } = packages;
  for (const [name, { integrity, resolved }] of Object.entries(others)) {
    expect([name, integrity]).toEqual([name, expect.stringMatching(/^sha512-/)]);
    expect([name, resolved]).toEqual([name, undefined]);
  }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(own!.dependencies).toEqual(dependencies);
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(7);
});

/** Scripts that pages load directly and nothing imports: they have no types. */
const SCRIPTS = ['lowrank.min.js', 'lowrank-player.min.js', 'lowrank-large.min.js', 'lowrank-sw.min.js'];
/** The package consists of ES modules for Node 20 and bundlers: Node 10 does not know `exports`, and `require` is not supported. */
const IGNORED = ['node10', 'node16-cjs'];

it('publint has no complaints, and the types are right in Node and in bundlers', async () => {
  const tarball = Uint8Array.from(readFileSync(join(place, packed.filename))).buffer;
  const { messages } = await publint({ pack: { tarball }, strict: true });
  expect(messages).toEqual([]);
  const of = createPackageFromTarballData(new Uint8Array(tarball));
  const found = await checkPackage(of, { excludeEntrypoints: SCRIPTS });
  expect(found.types).toEqual({ kind: 'included' });
  const problems = (found as unknown as { problems: Record<string, string>[] }).problems;
  expect(problems.filter(({ resolutionKind }) => !IGNORED.includes(resolutionKind!))).toEqual([]);
});

/** What a page gets that imports one export of the main entry point: minified bytes, and the modules that it would also need. */
async function partOf(folder: string, name: string): Promise<{ bytes: number; external: string[] }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export { ${name} } from './dist/index.js';`, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    metafile: true,
    write: false,
    logLevel: 'error',
  });
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports);
  return { bytes: outputFiles[0]!.contents.length, external: imports.map(({ path }) => path) };
}

it('Bundlers take from the slim package what they would from its modules, to 400 bytes, and nothing of Node', async () => {
  for (const name of Object.keys(lowrank)) {
    const [packed, modules] = await Promise.all([partOf(place, name), partOf(root, name)]);
    expect([name, packed.external]).toEqual([name, []]);
    expect([name, packed.bytes - modules.bytes]).toEqual([name, expect.toSatisfy(more => more <= 400)]);
  }
});

it('The slim package runs: the codec, files, threads, and the command line', () => {
  const code = `
    import { CodecError, decode, encode } from 'lowrank';
    import { CodecError as Other, decodeAsync, encodeAsync, IoError } from 'lowrank/node';
    import { encode as encodePlainly } from './dist/index.js';
    const data = Uint8Array.from({ length: 3 * 24 * 16 }, (_, i) => (i * 7) % 256);
    const raster = { width: 24, height: 16, channels: 3, bitDepth: 8, data };
    const bytes = encode(raster);
    const same = other => Buffer.compare(bytes, other) === 0;
    console.log(decode(bytes).data.length, (await decodeAsync(bytes)).data.length);
    console.log(same(await encodeAsync(raster)), same(encodePlainly(raster)), CodecError === Other);
    console.log(CodecError.name, IoError.name);`;
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, args, { cwd: place, encoding: 'utf8' }).trim();
  writeFileSync(join(place, 'try.mjs'), code);
  expect(run('try.mjs')).toBe(`${4 * 24 * 16} ${4 * 24 * 16}\ntrue true true\nCodecError IoError`);
  expect(run('dist/run/main.js', '--version')).toMatch(/^\d+\.\d+\.\d+/);
  expect(run('dist/run/main.js', 'info', '--json', join(root, 'samples/tiny-7x5.lrk'))).toContain(
    '"width":7',
  );
});
