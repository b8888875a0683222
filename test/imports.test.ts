import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { DECODER_FOLDERS } from './decoder-folders.js';

/**
 * A file imports only from lower floors or its own folder; folders on one floor never import each other. Planes are half a floor above the
 * stations whose results they write, and the header, which holds their schedule, is above them.
 */
const FLOORS: Record<string, number> = {
  core: 0,
  bits: 1,
  algebra: 1,
  tables: 1.5,
  colour: 2,
  matrices: 2,
  factors: 2,
  columns: 2,
  restore: 2,
  runs: 2,
  tiles: 2,
  metrics: 2,
  separation: 2,
  planes: 2.5,
  format: 2.75,
  parts: 3,
  rates: 3,
  encode: 4,
  decode: 4,
  placeholder: 4.5, // tries sizes and steps: encodes, and decodes what came out
  sequence: 4.5,
  spectra: 4.5, // what a file stores, told by the decoder's reading and the encoder's algebra
  '.': 5, // src/index.ts, the front door of the codec
  kernels: 5.5, // for Node: WebAssembly in the place of functions below
  io: 6,
  web: 6,
  serve: 6, // a fetch handler: files cut to the size that is asked for
  plot: 6, // charts as text, and what they say where one points
  workers: 6.5, // threads that encode and decode files
  vite: 7, // the plugin for bundlers
  report: 7,
  'clip-page': 7,
  explore: 7,
  node: 7.5, // the door of `lowrank/node`: files and measurements
  cli: 8,
};

/** Folders whose code must run in any browser: no packages, no built-in modules of Node. */
const BARE_OF_PACKAGES = Object.keys(FLOORS).filter(
  folder => FLOORS[folder]! <= 5 || folder === 'web' || folder === 'serve' || folder === 'plot',
);

type Graph = Map<string, string[]>;

/** The imports of each file, with `import type`, `export from` and `import()`: files relative to src, packages by name. */
function readGraph(root: string): Graph {
  const graph: Graph = new Map();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(root.length + 1).replaceAll('\\', '/');
    const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
    const targets = importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? posix.join(posix.dirname(file), fileName).replace(/\.js$/, '.ts') : fileName,
    );
    graph.set(file, targets);
  }
  return graph;
}

const isFile = (target: string): boolean => target.endsWith('.ts');
const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');

/** Imports that break the rule of floors, as 'file -> file'. */
function wrongImports(graph: Graph): string[] {
  const wrong: string[] = [];
  for (const [file, targets] of graph)
    for (const target of targets.filter(isFile)) {
      const [from, to] = [folderOf(file), folderOf(target)];
      const lower = FLOORS[to]! < FLOORS[from]!;
      if (!lower && from !== to) wrong.push(`${file} -> ${target}`);
    }
  return wrong;
}

/** A file that imports itself through others, with its circle; undefined if there is none. */
function findCycle(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of graph.get(file) ?? []) {
      const cycle = isFile(target) ? walk(target, [...path, file]) : undefined;
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = walk(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** All files reachable from a file. */
function reach(graph: Graph, file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const target of graph.get(file) ?? []) reach(graph, target, seen);
  return seen;
}

const SOURCE = join(import.meta.dirname, '../src');
const graph = readGraph(SOURCE);

describe('Imports', () => {
  it('come only from folders that have a floor', () => {
    const folders = new Set([...graph.keys()].map(folderOf));
    expect([...folders].filter(folder => !(folder in FLOORS))).toEqual([]);
  });

  it('lead to files that exist', () => {
    const missing = [...graph.values()]
      .flat()
      .filter(target => isFile(target) && !existsSync(join(SOURCE, target)));
    expect(missing).toEqual([]);
  });

  it('go to lower floors only', () => {
    expect(wrongImports(graph)).toEqual([]);
  });

  it('form no circles', () => {
    expect(findCycle(graph)).toBeUndefined();
  });

  it('take the decoder to its own folders only', () => {
    const outside = [...reach(graph, 'decode/index.ts')].filter(
      file => !DECODER_FOLDERS.includes(folderOf(file)),
    );
    expect(outside).toEqual([]);
  });

  it('lead to no package and no built-in module of Node below the folders for files', () => {
    const found = [...graph].flatMap(([file, targets]) =>
      BARE_OF_PACKAGES.includes(folderOf(file))
        ? targets.filter(t => !isFile(t)).map(t => `${file} -> ${t}`)
        : [],
    );
    expect(found).toEqual([]);
  });

  it('are found wrong when they go upwards, sideways or in a circle', () => {
    const bad: Graph = new Map([
      ['core/a.ts', ['bits/b.ts']],
      ['bits/b.ts', ['algebra/c.ts', 'core/a.ts']],
      ['algebra/c.ts', []],
    ]);
    expect(wrongImports(bad)).toEqual(['core/a.ts -> bits/b.ts', 'bits/b.ts -> algebra/c.ts']);
    expect(findCycle(bad)).toEqual(['core/a.ts', 'bits/b.ts', 'core/a.ts']);
    expect(findCycle(new Map([['core/a.ts', []]]))).toBeUndefined();
  });
});

it('Only the command line ends the process', () => {
  const found = [...graph.keys()].filter(
    file => folderOf(file) !== 'cli' && /process\.exit/.test(readFileSync(join(SOURCE, file), 'utf8')),
  );
  expect(found).toEqual([]);
});
