// Runs a folder of test images of another project, such as Pillow's, libvips's or image-rs's, through the command line: `encode -r`, then
// `decode -r`.
//   npm run build; npx tsx bench/corpus.ts DIR [--quality 75] [--effort 1] [--list]
// The outcomes: right (the decoded picture is as close to what Pillow or ImageMagick reads from the original as its PSNR says), converted
// (CMYK and floating point, which each reader converts to sRGB in its own way), unjudged (neither can read it), refused or damaged (with
// the reason), skipped by name, or a name that was taken. Files that differ from both readers are listed, to be looked at. Needs Debian's
// python3-pil, python3-numpy and imagemagick.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

type Outcome =
  | 'right'
  | 'converted'
  | 'unjudged'
  | 'differs'
  | 'refused'
  | 'damaged'
  | 'passed over'
  | 'name taken'
  | 'wrong';

interface Row {
  path: string;
  outcome: Outcome;
  what: string;
}

/** What the command line reports for a file with --json. */
interface Said {
  input?: string;
  output?: string;
  psnr?: number | null;
  frames?: number;
  notes?: string[];
  /** Why the file was skipped. */
  skipped?: string;
  error?: { code: string; message: string };
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    quality: { type: 'string', default: '75' },
    effort: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
if (!folder) throw new Error('usage: npx tsx bench/corpus.ts DIR [--quality n] [--effort n] [--list]');
const MAIN = resolve(import.meta.dirname, '../dist/run/main.js');
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  UNSUPPORTED: 'refused',
  LIMIT: 'refused',
  EMPTY: 'damaged',
  DAMAGED: 'damaged',
  COLLISION: 'name taken',
};
/** Notes on colours that each reader converts in its own way. */
const CONVERTED = /converted to sRGB|taken for linear light/;
/** Readers differ by this many levels of 255: chroma upsampling, rounding. */
const READERS = 3;

const place = await mkdtemp(join(tmpdir(), 'lowrank-corpus-'));
const rows: Row[] = [];
try {
  const { quality, effort } = values;
  const encoded = await told('encode', folder, 'lrk', '--quality', quality, '--effort', effort);
  const decoded = await told('decode', join(place, 'lrk'), 'png');
  const made = new Map(decoded.map(said => [said.input!, said]));
  const pairs: { row: Row; pair: [string, string, number] }[] = [];
  for (const said of encoded) {
    const row = rowOf(said);
    rows.push(row);
    if (row.outcome !== 'right') continue;
    const back = made.get(said.output!);
    if (!back?.output) Object.assign(row, { outcome: 'wrong', what: back?.error?.message ?? 'not decoded' });
    else {
      const loss = said.psnr ? 255 / 10 ** (said.psnr / 20) : 0;
      pairs.push({ row, pair: [said.input!, back.output, 1.15 * loss + READERS] });
    }
  }
  const judge = spawnSync('/usr/bin/python3', [join(import.meta.dirname, 'corpus/judge.py')], {
    input: JSON.stringify(pairs.map(({ pair }) => pair)),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const verdicts = judge.stdout.trim().split('\n');
  for (const [i, { row }] of pairs.entries()) {
    const { who, why } = JSON.parse(verdicts[i]!) as { who: string | null; why: string };
    const converted = CONVERTED.test(row.what);
    row.outcome = why ? (converted ? 'converted' : 'differs') : who ? 'right' : 'unjudged';
    row.what = [why || who || 'no other reader', row.what].filter(Boolean).join('; ');
  }
} finally {
  await rm(place, { recursive: true, force: true });
}

for (const { path, outcome, what } of rows)
  if (values.list || outcome === 'wrong' || outcome === 'differs')
    console.log(`${outcome.padEnd(11)} ${path}: ${what}`);
for (const outcome of [
  ...new Set<Outcome>([
    'right',
    'converted',
    'unjudged',
    'differs',
    ...Object.values(OUTCOMES),
    'passed over',
    'wrong',
  ]),
])
  console.log(
    `${outcome.padEnd(11)} ${String(rows.filter(row => row.outcome === outcome).length).padStart(6)}`,
  );
process.exitCode = rows.some(({ outcome }) => outcome === 'wrong') ? 1 : 0;

/** Runs a command on a folder, and returns its report for each file. */
function told(command: string, from: string, to: string, ...args: string[]): Promise<Said[]> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      [MAIN, command, from, '-r', '-o', join(place, to), '--json', ...args],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', fail);
    child.on('close', () => {
      const lines = Buffer.concat(parts).toString().trim().split('\n');
      done(lines.filter(Boolean).map(line => JSON.parse(line) as Said));
    });
  });
}

function rowOf({ input: path = '', skipped, error, frames, notes = [] }: Said): Row {
  if (skipped) return { path, outcome: 'passed over', what: skipped };
  if (error) return { path, outcome: OUTCOMES[error.code] ?? 'wrong', what: error.message };
  const what = [frames ? `${frames} frames` : '', ...notes].filter(Boolean).join('; ');
  return { path, outcome: 'right', what };
}
