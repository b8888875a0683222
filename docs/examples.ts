import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Updates the examples of the command line in README.md and the documents beside this file with what they print now, photo.png being the
// sample scene, and the size of the decoder: part of npm run docs. The plot of compare stays left out, and the bytes of a placeholder stay
// abbreviated.

const root = join(import.meta.dirname, '..');

/** A line with all numbers made alike, except a rank at its beginning. */
const shape = (line: string): string => line.replace(/(?!^)(?<!^ *)\d[\d,.]*/g, '#').replace(/ +/g, ' ');

/** The current output of an example; `folder` holds the files that it names. */
function renewed(example: string, folder: string): string {
  const [command, ...shown] = example.trimEnd().split('\n');
  if (!shown.length) return command!;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'dist/run/main.js'), ...command!.split(' ')],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`lowrank ${command}: ${stderr}`);
  const kept = new Set(shown.map(shape));
  const lines = (stdout || stderr)
    .trimEnd()
    .replace(/(base64,.{3})[\w+/]+=*/, '$1...')
    .split('\n')
    .filter(line => !command!.startsWith('compare') || kept.has(shape(line)));
  return [command, ...lines].join('\n').trimEnd();
}

/** The examples of one document, in a folder of their own; the files of one example are there for the next. */
function renewedDocument(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-docs-'));
  copyFileSync(join(root, 'samples/scene.png'), join(folder, 'photo.png'));
  try {
    return text.replace(
      /^```(sh|console)\n(\$ lowrank .*?)\n```/gms,
      (_, language: string, block: string) => {
        const examples = block.split('$ lowrank ').slice(1);
        const lines = examples.map(example => `$ lowrank ${renewed(example, folder)}`);
        return `\`\`\`${language}\n${lines.join('\n\n')}\n\`\`\``;
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kilobytes = (file: string): string =>
  (gzipSync(readFileSync(join(root, 'dist', file)), { level: 9 }).length / 1000).toFixed(1);

/** Sizes of code, in every document. */
const renewedSizes = (text: string): string =>
  text
    .replace(/(decoder of )[\d.]+( KB)/, `$1${kilobytes('lowrank-decode.js')}$2`)
    .replace(/(decoder, minified and gzipped \| )[\d.]+( KB)/, `$1${kilobytes('lowrank-decode.js')}$2`)
    .replace(/(`lowrank\/decode` is one file of )[\d.]+( KB)/, `$1${kilobytes('lowrank-decode.js')}$2`)
    .replace(/(worker, is )[\d.]+( KB)/, `$1${kilobytes('web/element.js')}$2`);

const documents = readdirSync(import.meta.dirname).filter(name => name.endsWith('.md'));
for (const file of [join(root, 'README.md'), ...documents.map(name => join(import.meta.dirname, name))]) {
  const text = readFileSync(file, 'utf8');
  const now = renewedSizes(renewedDocument(text));
  if (now !== text) writeFileSync(file, now);
  console.log(`${file.slice(root.length + 1)}: ${now === text ? 'as it was' : 'renewed'}`);
}
