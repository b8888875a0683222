import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

/** Declarations that these ones name, and those that these name, and so on. */
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

/**
 * Makes a built package smaller, for publishing: its modules minified one by one, so that each file and each export keeps its name, and without the declarations that no entry
 * point leads to. `root` has package.json, dist and types. Part of npm pack.
 */
export function slim(root: string): void {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { types?: string }>;
  };
  const entries = Object.values(exports).flatMap(entry => (typeof entry === 'object' && entry.types) || []);
  const kept = reachable(entries.map(path => join(root, path)));
  for (const name of readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })) {
    const file = join(root, 'dist', name);
    if (name.endsWith('.d.ts')) {
      if (!kept.has(file)) rmSync(file);
    } else if (name.endsWith('.js')) {
      const text = readFileSync(file, 'utf8');
      const { code } = transformSync(text, {
        format: 'esm',
        target: 'es2022',
        minifyWhitespace: true,
        minifySyntax: true,
        minifyIdentifiers: true,
        legalComments: 'inline',
      });
      // What is a script, or small already, stays as it is.
      if (!name.endsWith('.min.js') && code.length < text.length) writeFileSync(file, code);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) slim(join(import.meta.dirname, '..'));
