import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Answer, type Case, ROOT, readSuite, type Suite } from './suite.js';

/** How the suite is run on a decoder. */
export interface RunOptions {
  suite?: Suite;
  /** The folder that the names of the suite's files are relative to. */
  root?: string;
  /** Leave out the decoding of section 14.5, which is optional for decoders. */
  withoutScales?: boolean;
  /** Leave out ranks and regions, which are optional for decoders. */
  wholeOnly?: boolean;
  /** Run the command once for all cases. */
  batch?: boolean;
  /** Stop after this many failures. Default: never. */
  most?: number;
}

/** An answer that differs from the suite's. */
export interface Failure {
  file: string;
  of: Case;
  got: Answer | { failed: string };
}

/**
 * Runs the suite on a decoder, given as a command and its first arguments; README.md describes the rest. Returns the number of cases, and
 * those that failed.
 */
export function runSuite(
  command: readonly string[],
  options: RunOptions = {},
): { cases: number; failures: Failure[] } {
  const { suite = readSuite(), root = ROOT, withoutScales, wholeOnly, batch, most = Infinity } = options;
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-suite-'));
  const asked = Object.entries(suite).flatMap(([file, cases]) =>
    cases
      .filter(of => !(of.scale && withoutScales) && !((of.rank || of.region) && wholeOnly))
      .map(of => ({ file, of })),
  );
  const failures: Failure[] = [];
  try {
    const inputs = asked.map(({ file, of }, n) => inputOf(join(root, file), of, join(folder, `${n}.lrk`)));
    const answers = batch ? askAll(command, inputs) : undefined;
    for (const [n, { file, of }] of asked.entries()) {
      const got = answers ? answers[n]! : ask(command, inputs[n]!, join(folder, 'samples'));
      if (!same(of, got)) failures.push({ file, of, got });
      if (failures.length >= most) break;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { cases: asked.length, failures };
}

const same = (of: Case, got: Failure['got']): boolean =>
  'pixels' in of
    ? 'pixels' in got && got.pixels === of.pixels
    : 'error' in got && got.error === of.error && got.field === of.field;

/** The file of a case, which is written to `prefix` if it is cut, and the options of the command. */
function inputOf(file: string, of: Case, prefix: string): { path: string; options: string[] } {
  const options = (['rank', 'scale', 'region'] as const).flatMap(name =>
    of[name] === undefined ? [] : [`--${name}`, `${of[name]}`],
  );
  if (of.bytes === undefined) return { path: file, options };
  writeFileSync(prefix, readFileSync(file).subarray(0, of.bytes));
  return { path: prefix, options };
}

/** Code and field in one line. */
function errorOf(line: string): Answer {
  const [error, ...field] = line.split(' ');
  return { error: error!, field: field.join(' ') };
}

/** Runs the command for one case. */
function ask(
  command: readonly string[],
  { path, options }: ReturnType<typeof inputOf>,
  out: string,
): Failure['got'] {
  const [program, ...words] = command as [string, ...string[]];
  rmSync(out, { force: true });
  const { status, stdout, error } = spawnSync(program, [...words, path, out, ...options], {
    encoding: 'utf8',
  });
  if (status === 0) return { pixels: createHash('sha256').update(readFileSync(out)).digest('hex') };
  return status === 1
    ? errorOf(stdout.split('\n')[0]!)
    : { failed: error?.message ?? `exit status ${status}` };
}

/** Runs the command once for all cases. */
function askAll(command: readonly string[], inputs: ReturnType<typeof inputOf>[]): Failure['got'][] {
  const [program, ...words] = command as [string, ...string[]];
  const input = inputs.map(({ path, options }) => `${[path, ...options].join('\t')}\n`).join('');
  const { stdout } = spawnSync(program, [...words, '--batch'], { input, encoding: 'utf8' });
  const lines = (stdout ?? '').split('\n');
  return inputs.map((_, n) => {
    const line = lines[n];
    if (!line) return { failed: 'no answer' };
    return /^[0-9a-f]{64}$/.test(line) ? { pixels: line } : errorOf(line);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const at = process.argv.indexOf('--');
  const command = at < 0 ? [] : process.argv.slice(at + 1);
  const flags = process.argv.slice(2, at < 0 ? undefined : at);
  if (!command.length) {
    console.error(
      'npx tsx test/golden/run.ts [--batch] [--without-scales] [--whole-only] [--root FOLDER] -- COMMAND [WORD...]',
    );
    process.exit(2);
  }
  const folder = flags.includes('--root') ? resolve(flags[flags.indexOf('--root') + 1]!) : undefined;
  const { cases, failures } = runSuite(command, {
    ...(folder && { root: folder, suite: readSuite(join(folder, 'suite.json')) }),
    batch: flags.includes('--batch'),
    withoutScales: flags.includes('--without-scales'),
    wholeOnly: flags.includes('--whole-only'),
  });
  for (const { file, of, got } of failures)
    console.log(`${file}\n  case ${JSON.stringify(of)}\n  got  ${JSON.stringify(got)}`);
  console.log(`${cases - failures.length} of ${cases} cases agree`);
  process.exitCode = failures.length ? 1 : 0;
}
