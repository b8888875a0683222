import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeImage } from '../../src/io/index.js';
import { lowrank, newPlace } from '../cli/harness.js';
import { picture } from '../unit/io/pictures.js';

/** Without the extension. */
const NAMES = [
  'صورة جميلة',
  'תמונה',
  '日本語の写真',
  '👩‍👩‍👧 emoji 😀',
  'e\u0301 combining',
  '\u00e9 composed',
  'a\u0300\u0301\u0302\u0303\u0304 many',
  '\u200fmarked\u202egnp',
  'a\nnew line',
  '\ttab\r',
  '\u001b[31mred',
  '-dash',
  '--force',
  'a b  c ',
  '\'quotes" `and` $dollars',
  '[a] {b,c} *?!(d)',
  '%2e%2e&amp;<b>#',
  'back\\slash',
  '~',
  'con',
  'many.dots.lrk',
  'x'.repeat(251),
  `${'é'.repeat(125)}x`,
];

const png = (await encodeImage(picture(9, 7, 3, 8))).bytes;
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test('Files with any name are encoded and decoded under their names, with one line each', async () => {
  const place = await newPlace();
  for (const name of NAMES) await place.put(`in/${name}.png`, png);
  const encoded = await lowrank(['encode', place.at('in'), '-r', '-o', place.at('lrk'), '--effort', '1']);
  expect(encoded.code).toBe(0);
  expect(encoded.stderr).toHaveLength(NAMES.length + 1);
  expect(encoded.stderr.join('\n')).not.toMatch(CONTROLS);
  const lrk = NAMES.map(name => `${name}.lrk`).sort();
  expect((await readdir(place.at('lrk'))).sort()).toEqual(lrk);
  const decoded = await lowrank(['decode', place.at('lrk'), '-r', '-o', place.at('png'), '--json']);
  expect(decoded.objects.map(({ output }) => output).sort()).toEqual(
    NAMES.map(name => join(place.at('png'), `${name}.png`)).sort(),
  );
  const again = await lowrank(['encode', place.at('in'), '-r', '-o', place.at('lrk'), '--update']);
  expect(again.stderr.join('\n')).not.toMatch(CONTROLS);
});

test('A file with any name can be given by its path', async () => {
  const place = await newPlace();
  for (const name of NAMES) {
    const path = await place.put(`${name}.png`, png);
    const { code, stderr } = await lowrank(['encode', '--effort', '1', '--', path]);
    expect([name, code, stderr.length]).toEqual([name, 0, 1]);
  }
  expect((await readdir(place.root)).sort()).toEqual(
    NAMES.flatMap(name => [`${name}.lrk`, `${name}.png`]).sort(),
  );
});

test('A name that becomes too long, and a name that is not UTF-8, are reported as such', async () => {
  const place = await newPlace();
  const long = 'x'.repeat(252);
  await place.put(`in/${long}`, png);
  await writeFile(
    Buffer.concat([Buffer.from(place.at('in/')), Buffer.from([0xff, 0xfe, 0x2e]), Buffer.from('png')]),
    png,
  );
  const { code, stderr, objects } = await lowrank([
    'encode',
    place.at('in'),
    '-r',
    '-o',
    place.at('out'),
    '--json',
  ]);
  expect(code).toBe(1);
  expect(objects).toEqual([
    { input: place.at('in/\ufffd\ufffd.png'), skipped: 'its name is not UTF-8' },
    {
      input: place.at('in', long),
      error: { code: 'WRITE', message: `${place.at('out', long)}.lrk: the name is too long` },
    },
  ]);
  expect(stderr).toHaveLength(3);
  const missing = await lowrank(['encode', place.at('in/\ufffd\ufffd.png')]);
  expect([missing.code, missing.stderr[0]]).toEqual([
    1,
    expect.stringMatching(/NOT_FOUND: no such file or folder$/),
  ]);
  expect(await readFile(place.at('in', long))).toEqual(Buffer.from(png));
});
