import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** A program to be bundled: one file, in which some of our modules are replaced. */
export interface Rewritten {
  /** The entry file, relative to the root of the repository. */
  entry: string;
  /** The folder that its modules believe to be in, also relative to the root. */
  folder: string;
  /** Replacements for the package and its entry points, also relative to the root. */
  packages: Record<string, string>;
  /** JavaScript that replaces a TypeScript module; undefined to leave it as it is. */
  change: (path: string, source: () => string) => string | undefined;
}

/** The text of a program with replaced modules. */
export async function bundleOf({ entry, folder, packages, change }: Rewritten): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
    define: { 'import.meta.dirname': JSON.stringify(join(root, folder)) },
    plugins: [
      {
        name: 'change',
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^lowrank(\/|$)/ }, ({ path }) => ({ path: join(root, packages[path]!) }));
          // Modules of the build are replaced by those of the source, and so is the package.
          onResolve({ filter: /\/dist\/.*\.js$/ }, ({ path }) => ({
            path: join(root, path.replace(/^.*\/dist\/(.*)\.js$/, 'src/$1.ts')),
          }));
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const contents = change(path, () => readFileSync(path, 'utf8'));
            return contents === undefined ? undefined : { contents, loader: 'js' };
          });
        },
      },
    ],
  });
  return outputFiles[0]!.text;
}
