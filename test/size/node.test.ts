import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as lowrank from 'lowrank';
import * as files from 'lowrank/node';
import * as sequence from 'lowrank/sequence';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const RUN = join(ROOT, 'dist/run');

/** Files that Node loads for one of dist/run, itself included; not those that are loaded later on demand. */
function loadedBy(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(RUN, name), 'utf8');
  for (const [, path] of text.matchAll(/^(?:\} from|import|import .* from|export .* from) "(\.[^"]+)";$/gm)) {
    expect(path).toMatch(/^\.\/[^/]+$/);
    loadedBy(path!.slice(2), found);
  }
  return found;
}

it('What Node runs is bundled: the command line, and every entry point that has threads, files or kernels', () => {
  const { bin, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    bin: { lowrank: string };
    exports: Record<string, { node?: string; default: string }>;
  };
  const doors = ['.', './sequence', './node', './serve', './vite', './webpack', './rollup', './esbuild'];
  const paths = doors.map(door => exports[door]!.node ?? exports[door]!.default);
  for (const path of [bin.lowrank, ...paths]) {
    expect(resolve(ROOT, path, '..')).toBe(RUN);
    expect(existsSync(resolve(ROOT, path))).toBe(true);
  }
});

it('The command line and its threads load few files, and reports only when one is written', () => {
  for (const name of ['main.js', 'thread.js', 'part-thread.js', 'index.js', 'node.js']) {
    const loaded = [...loadedBy(name)];
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.length).toBeLessThanOrEqual(80);
    expect(loaded.filter(file => /^(to-|peer-)/.test(file))).toEqual([]);
  }
  for (const later of ['to-html', 'to-svg', 'peer-pictures'])
    expect(readdirSync(RUN).filter(file => file.startsWith(`${later}-`))).toHaveLength(1);
});

it('Entry points share their modules: an error of one is an error of the others', () => {
  expect(files.CodecError).toBe(lowrank.CodecError);
  expect(sequence.CodecError).toBe(lowrank.CodecError);
});

it('The kernels are found from the place of the bundles, and are loaded once', () => {
  const code = `
    let loaded = 0;
    WebAssembly.Module = new Proxy(WebAssembly.Module, {
      construct: (of, args) => (loaded++, Reflect.construct(of, args)),
    });
    await import('lowrank');
    await import('lowrank/node');
    console.log(loaded);`;
  const run = (kernels: string): string =>
    execFileSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, LOWRANK_KERNELS: kernels },
    });
  expect(run('')).toBe('1\n');
  expect(run('off')).toBe('0\n');
});
