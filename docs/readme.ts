import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Writes into README.md what its examples of the command line print now, photo.png being the sample scene: npx tsx docs/readme.ts after npm run build.
// Of compare it leaves out what is left out there: the plot.

const root = join(import.meta.dirname, '..');
const README = join(root, 'README.md');
const folder = mkdtempSync(join(tmpdir(), 'lowrank-readme-'));
copyFileSync(join(root, 'samples/scene.png'), join(folder, 'photo.png'));

/** What a line is like, whatever its numbers but the one that it begins with: a rank. */
const shape = (line: string): string => line.replace(/(?!^)(?<!^ *)\d[\d,.]*/g, '#').replace(/ +/g, ' ');

function renewed(example: string): string {
  const [command, ...shown] = example.trimEnd().split('\n');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(root, 'dist/cli/main.js'), ...command!.split(' ')],
    { cwd: folder, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`lowrank ${command}: ${stderr}`);
  const kept = new Set(shown.map(shape));
  const lines = (stdout || stderr)
    .trimEnd()
    .split('\n')
    .filter(line => !command!.startsWith('compare') || kept.has(shape(line)));
  return [command, ...lines].join('\n').trimEnd();
}

try {
  const text = readFileSync(README, 'utf8').replace(
    /^```sh\n(\$ lowrank .*?)\n```/gms,
    (_, block: string) => {
      const examples = block.split('$ lowrank ').slice(1).map(renewed);
      return `\`\`\`sh\n${examples.map(example => `$ lowrank ${example}`).join('\n\n')}\n\`\`\``;
    },
  );
  writeFileSync(README, text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
