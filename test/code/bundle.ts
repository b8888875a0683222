import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** A program to be: one file, in which modules of ours are others. */
export interface Rewritten {
  /** Of the program, from the root of the repository. */
  entry: string;
  /** The folder that its modules take themselves to be in, from there too. */
  folder: string;
  /** What stands in the place of the package and its parts, from there too. */
  packages: Record<string, string>;
  /** JavaScript in the place of a module in TypeScript; undefined for one that stays as it is. */
  change: (path: string, source: () => string) => string | undefined;
}

/** The text of a program of modules that have been changed. */
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
          // Modules of the build are those of the source, like the package.
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
