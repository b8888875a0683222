import { join } from 'node:path';
import { build } from 'esbuild';
import { type Case, ROOT, readSuite, type Suite } from '../golden/suite.js';

/** Every this-many-th question of each file is asked, beginning with the first; with SUITE=all in the environment all are. */
export function casesToAsk(every: number): Suite {
  if (process.env.SUITE === 'all') return readSuite();
  const asked: Suite = {};
  for (const [n, [name, cases]] of Object.entries(readSuite()).entries())
    asked[name] = cases.filter((_, i) => i === 0 || (i + n) % every === 0);
  return asked;
}

/** The expected answer of a case: the hash of the samples, or code and field of the error. */
export const expectedOf = (of: Case): string => ('pixels' in of ? of.pixels : `${of.error} ${of.field}`);

/** decoders.ts as a script that defines `decoders`, for any engine. */
export async function bundleOfDecoders(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join(import.meta.dirname, 'decoders.ts')],
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    globalName: 'decoders',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}
