import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Writes into README.md and the documents beside this file what their examples of the command line print now, photo.png being the sample scene, and how large
// the decoder is: part of npm run docs. Of compare it leaves out what is left out there, the plot; the bytes of a placeholder stay short.

const root = join(import.meta.dirname, '..');

/** What a line is like, whatever its numbers but the one that it begins with: a rank. */
const shape = (line: string): string => line.replace(/(?!^)(?<!^ *)\d[\d,.]*/g, '#').replace(/ +/g, ' ');

/** An example as it is now; `folder` holds the files that it names. */
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

/** The examples of one document, in a folder of their own, in which files of one example are there for the next. */
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

/** Sizes of code, wherever a document gives one. */
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
