import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** An entry point of the package as a web page would ship it. */
export interface Bundle {
  code: string;
  /** Its modules: paths from the root of the package. */
  inputs: Metafile['inputs'];
  /** External modules, which something else must provide. */
  external: string[];
}

/** Bundles a built file of dist for browsers, minified: as an ES module, or as a script that defines `lowrank`. */
export async function bundle(entry: string, format: 'esm' | 'iife'): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: join(import.meta.dirname, '..'),
    entryPoints: [join('dist', entry)],
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format,
    ...(format === 'iife' ? { globalName: 'lowrank' } : {}),
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.outputs).flatMap(output => output.imports);
  return {
    code: outputFiles[0]!.text,
    inputs: metafile.inputs,
    external: imports.filter(({ external }) => external).map(({ path }) => path),
  };
}
