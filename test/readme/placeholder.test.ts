import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lowrank, newPlace } from '../cli/harness.js';

const root = join(import.meta.dirname, '../..');
const [, text] = /^```console\n(\$ lowrank encode photo\.png --placeholder.*?)^```/ms.exec(
  readFileSync(join(root, 'README.md'), 'utf8'),
)!;

it('README.md shows what the command line prints of placeholders, but for their bytes', async () => {
  const place = await newPlace();
  for (const name of ['png', 'lrk'])
    await place.put(`photo.${name}`, readFileSync(join(root, `samples/scene.${name}`)));
  const shape = (of: string): string =>
    of
      .replaceAll(`${place.at('.')}/`, '')
      .replace(/base64,13M[\w+/]+=*/, 'base64,13M...')
      .replace(/of \d+ bytes/, 'of # bytes')
      .trim();
  const examples = text!.split('$ lowrank ').slice(1);
  expect(examples).toHaveLength(3);
  for (const example of examples) {
    const [command, ...shown] = example.trim().split('\n');
    const words = command!.split(' ').map(word => (/^photo/.test(word) ? place.at(word) : word));
    const { code, stdout, stderr } = await lowrank(words);
    expect(code).toBe(0);
    expect(shape(stdout.toString() || stderr.join('\n'))).toBe(shape(shown.join('\n')));
  }
});
