import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { atDoor, DOORS, inRun } from './doors.js';

/** These declarations, those that they import, and so on. */
function reachable(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import\(|import)\s*['"](\.[^'"]+\.js)['"]/g,
    ))
      visit(resolve(dirname(file), path!.replace(/\.js$/, '.d.ts')));
  };
  for (const file of files) visit(file);
  return found;
}

/** These modules, those that they import or start, files that they refer to by URL, and so on. */
function used(files: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || !statSync(file, { throwIfNoEntry: false })?.isFile()) return;
    found.add(file);
    if (!file.endsWith('.js')) return;
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /(?:from|import\(|import|new URL\()\s*['"](\.[^'"]+)['"]/g,
    ))
      visit(resolve(dirname(file), path!));
  };
  for (const file of files) visit(file);
  return found;
}

/** A module in which classes of errors keep their names when it is minified: Node and log collectors print them. */
const withNames = (text: string): string =>
  text.replace(/^var (\w+Error) = class extends Error \{/gm, '$& static name = "$1";');

/** Parts of pages, which are read by name. */
const READ = /^(explorer\/.*|report\/page\/(main\.js|style\.css)|clip-page\/page\.html)$/;

/**
 * Makes a built package smaller, for publishing. Its modules are minified one by one, so that each file and each export keeps its name, and
 * modules and declarations that no entry point leads to are removed. The codec is there once: pages and bundlers get the files that Node
 * runs, which are split so that nothing unneeded comes along. `root` has package.json, dist and types. Part of npm pack.
 */
export function slim(root: string): void {
  const dist = join(root, 'dist');
  for (const door of DOORS)
    writeFileSync(
      join(dist, door),
      atDoor(dist, door, module => `run/${inRun(module)}`),
    );
  const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { types?: string; node?: string; default?: string }>;
    bin: Record<string, string>;
  };
  const entries = Object.values(exports).map(entry =>
    typeof entry === 'string' ? { default: entry } : entry,
  );
  const inRoot = (paths: (string | undefined)[]): string[] =>
    paths.filter(path => path !== undefined).map(path => join(root, path));
  const kept = reachable(inRoot(entries.map(({ types }) => types)));
  const run = used(
    inRoot([...entries.flatMap(({ node, default: other }) => [node, other]), ...Object.values(bin)]),
  );
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    const file = join(dist, name);
    if (statSync(file).isDirectory()) continue;
    if (name.endsWith('.d.ts')) {
      if (!kept.has(file)) rmSync(file);
      // tsc indents by four spaces
      else
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace(/^(?: {4})+/gm, spaces => '\t'.repeat(spaces.length / 4)),
        );
    } else if (!run.has(file) && !READ.test(name.replaceAll('\\', '/'))) rmSync(file);
    else if (name.endsWith('.js')) {
      const text = readFileSync(file, 'utf8');
      const { code } = transformSync(withNames(text), {
        format: 'esm',
        target: 'es2022',
        minifyWhitespace: true,
        minifySyntax: true,
        minifyIdentifiers: true,
        legalComments: 'inline',
      });
      // Scripts and other minified files stay as they are.
      if (!name.endsWith('.min.js') && code.length < text.length) writeFileSync(file, code);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) slim(join(import.meta.dirname, '..'));
