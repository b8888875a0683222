import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { lowrank, newPlace } from '../cli/harness.js';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { exports: entries } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  exports: Record<string, { default: string }>;
};

/** The code blocks of README.md in a language. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text!);

/** The address of the built file that 'lowrank/...' stands for. */
const builtFile = (name: string): string =>
  pathToFileURL(join(root, entries[name.replace('lowrank', '.')]!.default)).href;

/** A folder in which photo.png is the sample scene. */
async function newPhoto() {
  const place = await newPlace();
  await place.put('photo.png', readFileSync(join(root, 'samples/scene.png')));
  return place;
}

/** Output with every number made alike, and as many blanks as there are in none of it. */
const shape = (text: string): string =>
  text
    .replace(/\d[\d,.]*/g, '#')
    .replace(/ +/g, ' ')
    .trim();

describe('README.md', () => {
  it('has a shortest example that does what it says', async () => {
    const place = await newPhoto();
    const [code] = blocks('js');
    const script = await place.put(
      'example.mjs',
      code!.replace(/'(lowrank[/\w]*)'/g, (_, name: string) => `'${builtFile(name)}'`),
    );
    execFileSync(process.execPath, [script], { cwd: place.at('.') });
    expect(await place.files()).toEqual(['example.mjs', 'photo.png', 'preview.png', 'whole.png']);
  });

  it('imports nothing that is not exported', async () => {
    const imports = [...readme.matchAll(/import \{ (.*?) \} from '(lowrank.*?)'/g)];
    expect(imports.length).toBeGreaterThan(2);
    for (const [, names, entry] of imports)
      expect(Object.keys(await import(builtFile(entry!)))).toEqual(
        expect.arrayContaining(names!.split(', ')),
      );
  });

  it('names what the main entry exports, all of it', async () => {
    const names = Object.keys(await import('lowrank')).filter(name => /^[a-z]/.test(name));
    for (const name of names) expect(readme).toMatch(new RegExp(`\`${name}\\b`));
  });

  it.each([
    ['first examples', 0, 5],
    ['example of compare', 1, 1],
  ])('shows in its %s what the command line prints, but for the numbers', async (_, block, least) => {
    const place = await newPhoto();
    const examples = blocks('sh')[block]!.split('$ lowrank ').slice(1);
    expect(examples.length).toBeGreaterThanOrEqual(least);
    for (const example of examples) {
      const [command, ...shown] = example.trim().split('\n');
      const words = command!.split(' ').map(word => (/\.(png|lrk)$/.test(word) ? place.at(word) : word));
      const { code, stdout, stderr } = await lowrank(words);
      expect(code).toBe(0);
      const printed = (stdout.toString() || stderr.join('\n'))
        .replaceAll(`${place.at('.')}/`, '')
        .split('\n');
      // The number of layers, and of columns in use, may change with the encoder.
      const lines = new Set(printed.map(shape));
      expect([...new Set(shown.map(shape))].filter(line => !lines.has(line))).toEqual([]);
    }
    if (block === 0) expect(inspect(readFileSync(place.at('cut.lrk'))).complete).toBe(false);
  });
});
