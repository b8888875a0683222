import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Answer, type Case, ROOT, readSuite, type Suite } from './suite.js';

/** How the suite is put to a decoder. */
export interface RunOptions {
  suite?: Suite;
  /** The folder that the names of the suite's files are seen from. */
  root?: string;
  /** Leave out what section 14.5 says, which a decoder need not do. */
  withoutScales?: boolean;
  /** Leave out ranks and regions, which a decoder may be without. */
  wholeOnly?: boolean;
  /** Stop after so many failures. Default: never. */
  most?: number;
}

/** One answer that is not the suite's. */
export interface Failure {
  file: string;
  of: Case;
  got: Answer | { failed: string };
}

/** Puts the suite to a decoder given as a command and the words before its arguments; README.md says what it is called with. Returns how many cases there are, and those that failed. */
export function runSuite(
  command: readonly string[],
  options: RunOptions = {},
): { cases: number; failures: Failure[] } {
  const { suite = readSuite(), root = ROOT, withoutScales, wholeOnly, most = Infinity } = options;
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-suite-'));
  const failures: Failure[] = [];
  let cases = 0;
  try {
    for (const [file, all] of Object.entries(suite))
      for (const of of all) {
        if ((of.scale && withoutScales) || ((of.rank || of.region) && wholeOnly)) continue;
        if (failures.length >= most) return { cases, failures };
        cases++;
        const got = ask(command, join(root, file), of, folder);
        if (!same(of, got)) failures.push({ file, of, got });
      }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { cases, failures };
}

const same = (of: Case, got: Failure['got']): boolean =>
  'pixels' in of
    ? 'pixels' in got && got.pixels === of.pixels
    : 'error' in got && got.error === of.error && got.field === of.field;

/** Runs the command for one case. */
function ask(command: readonly string[], file: string, of: Case, folder: string): Failure['got'] {
  const [program, ...words] = command as [string, ...string[]];
  const out = join(folder, 'samples');
  let path = file;
  if (of.bytes !== undefined) {
    path = join(folder, 'prefix.lrk');
    writeFileSync(path, readFileSync(file).subarray(0, of.bytes));
  }
  const options = (['rank', 'scale', 'region'] as const).flatMap(name =>
    of[name] === undefined ? [] : [`--${name}`, `${of[name]}`],
  );
  rmSync(out, { force: true });
  const { status, stdout, error } = spawnSync(program, [...words, path, out, ...options], {
    encoding: 'utf8',
  });
  if (status === 0) return { pixels: createHash('sha256').update(readFileSync(out)).digest('hex') };
  const [code, ...field] = (stdout ?? '').split('\n')[0]!.split(' ');
  if (status === 1 && code) return { error: code, field: field.join(' ') };
  return { failed: error?.message ?? `exit status ${status}` };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const at = process.argv.indexOf('--');
  const command = at < 0 ? [] : process.argv.slice(at + 1);
  const flags = process.argv.slice(2, at < 0 ? undefined : at);
  if (!command.length) {
    console.error(
      'npx tsx test/golden/run.ts [--without-scales] [--whole-only] [--root FOLDER] -- COMMAND [WORD...]',
    );
    process.exit(2);
  }
  const folder = flags.includes('--root') ? resolve(flags[flags.indexOf('--root') + 1]!) : undefined;
  const { cases, failures } = runSuite(command, {
    ...(folder && { root: folder, suite: readSuite(join(folder, 'suite.json')) }),
    withoutScales: flags.includes('--without-scales'),
    wholeOnly: flags.includes('--whole-only'),
  });
  for (const { file, of, got } of failures)
    console.log(`${file}\n  case ${JSON.stringify(of)}\n  got  ${JSON.stringify(got)}`);
  console.log(`${cases - failures.length} of ${cases} cases agree`);
  process.exitCode = failures.length ? 1 : 0;
}
