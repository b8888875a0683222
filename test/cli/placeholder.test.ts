import { readFile } from 'node:fs/promises';
import { decode, encode, inspect, type Raster } from 'lowrank';
import { expect, test } from 'vitest';
import { insertMetadata } from '../../src/io/formats/png-chunks.js';
import { encodeImage } from '../../src/io/index.js';
import { exifOf, picture, smooth } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const source = smooth(64, 48);
const png = (await encodeImage(source)).bytes;

/** The bytes of a placeholder's data: URL, which is checked. */
function bytesOf(url: string): Uint8Array {
  const [, base64] = /^data:image\/lrk;base64,([\w+/]+=*)$/.exec(url)!;
  return Buffer.from(base64!, 'base64');
}

test('--placeholder prints a data: URL that decodes, with the aspect ratio of the picture, and writes nothing', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  for (const [args, most] of [
    [[], 100],
    [['40'], 40],
  ] as const) {
    const { code, stdout, stderr } = await lowrank(['encode', input, '--placeholder', ...args]);
    expect([code, stderr]).toEqual([0, []]);
    const bytes = bytesOf(stdout.toString().trimEnd());
    expect(bytes.length).toBeLessThanOrEqual(most);
    const { width, height } = decode(bytes);
    expect(width * 48).toBe(height * 64);
  }
  expect(await place.files()).toEqual(['a.png']);
});

test('-o writes what its extension asks for: JSON, the data: URL, or the bytes', async () => {
  const place = await newPlace();
  const input = await place.put('my a.png', png);
  for (const name of ['a.json', 'a.txt', 'a.lrk']) {
    const { code, stdout, stderr } = await lowrank([
      'encode',
      input,
      '--placeholder',
      '50',
      '-o',
      place.at(name),
    ]);
    expect([code, stdout.length]).toEqual([0, 0]);
    expect(stderr[0]).toMatch(/my a\.png -> .*a\.\w+: placeholder of \d+ bytes for 64 x 48$/);
  }
  const object = JSON.parse(await readFile(place.at('a.json'), 'utf8'));
  expect(object).toEqual({
    src: expect.stringMatching(/my%20a\.lrk$/),
    width: 64,
    height: 48,
    placeholder: expect.any(String),
  });
  expect(await readFile(place.at('a.txt'), 'utf8')).toBe(`${object.placeholder}\n`);
  expect([...(await readFile(place.at('a.lrk')))]).toEqual([...bytesOf(object.placeholder)]);
});

test('Folders keep their tree as .json files, and nothing is overwritten without --force', async () => {
  const place = await newPlace();
  await place.put('in/a.png', png);
  await place.put('in/b/c.png', png);
  const args = ['encode', place.at('in'), '-r', '--placeholder', '30', '-o', place.at('out')];
  expect((await lowrank(args)).code).toBe(0);
  const written = ['out/a.json', 'out/b/c.json'];
  expect(await place.files()).toEqual(['in/a.png', 'in/b/c.png', ...written]);
  expect(JSON.parse(await readFile(place.at(written[1]!), 'utf8')).src).toMatch(/out\/b\/c\.lrk$/);
  const again = await lowrank(args);
  expect([again.code, again.stderr.at(-1)]).toEqual([1, '0 made, 2 failed']);
  expect(again.stderr[0]).toContain('EXISTS: ');
  expect((await lowrank([...args, '-f'])).code).toBe(0);
});

test('--json prints an object for each picture; a failed one does not stop the others', async () => {
  const place = await newPlace();
  const input = await place.put('a.png', png);
  const { code, objects, stderr } = await lowrank([
    ...['encode', place.at('none.png'), input, '--placeholder', '--json'],
  ]);
  expect(code).toBe(1);
  expect(objects[0]).toEqual({
    input: place.at('none.png'),
    error: { code: 'NOT_FOUND', message: expect.any(String) },
  });
  expect(objects[1]).toMatchObject({ input, output: null, width: 64, height: 48 });
  expect(objects[1].bytes).toBe(bytesOf(objects[1].placeholder).length);
  expect(stderr.at(-1)).toBe('1 made, 1 failed');
});

test('Whatever of the picture is not in the placeholder is named, with --json too', async () => {
  const place = await newPlace();
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><script/></svg>';
  const input = await place.put('a.svg', drawing);
  const notes = ['drawn at its own size, 64 x 48 pixels', 'its script is not run', expect.any(String)];
  const { stdout, stderr } = await lowrank(['encode', input, '--placeholder']);
  expect(stdout.toString()).toMatch(/^data:image\/lrk;base64,\S+\n$/);
  expect(stderr.slice(0, 2)).toEqual(notes.slice(0, 2).map(note => `${input}: note: ${note}`));
  const { objects } = await lowrank(['encode', input, '--placeholder', '--json']);
  expect(objects[0].notes).toEqual(notes);
});

test('Alpha, grey, stdin and .lrk files work too, and the EXIF orientation is applied', async () => {
  const place = await newPlace();
  const made = async (raster: Raster): Promise<Uint8Array> => {
    const input = await place.put('b.png', (await encodeImage(raster)).bytes);
    return bytesOf((await lowrank(['encode', input, '--placeholder'])).stdout.toString().trim());
  };
  for (const channels of [1, 2, 4] as const)
    expect(inspect(await made(picture(20, 30, channels, 8)))).toMatchObject({ channels });

  const turned = insertMetadata(png, { exif: exifOf(6) });
  const piped = await lowrank(['encode', '-', '--placeholder', '--json'], { stdin: turned });
  expect(piped.objects[0]).toMatchObject({ src: 'stdin.lrk', width: 48, height: 64 });

  const lrk = await place.put('c.lrk', encode(source, { quality: 90 }));
  expect((await lowrank(['encode', lrk, '--placeholder', '--json'])).objects[0].src).toMatch(/c\.lrk$/);
});

test.each<string[]>([
  ['encode', 'a.png', '--placeholder', '19'],
  ['encode', 'a.png', '--placeholder', '301'],
  ['encode', 'a.png', '--placeholder', '60', '--quality', '50'],
  ['encode', 'a.png', '--placeholder', '60', '-o', 'a.gif'],
  ['info', 'a.lrk', '--placeholder'],
  ['info', 'a.lrk', '--html', '--json'],
])('Usage error, exit code 2: %s %s %s %s', async (...args) => {
  const { code, stdout, stderr } = await lowrank(args);
  expect([code, stdout.length]).toEqual([2, 0]);
  expect(stderr[0]).toMatch(/^error: /);
});

test('info --html prints a tag with the name and size of the file, and with a placeholder on request', async () => {
  const place = await newPlace();
  const input = await place.put('a "1" & b.lrk', encode(source));
  const { code, stdout } = await lowrank(['info', '--html', input]);
  expect(code).toBe(0);
  const tag = stdout.toString();
  expect(tag).toMatch(
    /^<lowrank-img src=".*a%20%221%22%20%26%20b\.lrk" width="64" height="48" alt="" style="[^"]*aspect-ratio: 64 \/ 48"><\/lowrank-img>\n$/,
  );
  const more = await lowrank(['info', '--html', '--placeholder', '30', input, input]);
  const url = / placeholder="(.*?)"/.exec(more.stdout.toString())![1]!;
  expect(bytesOf(url).length).toBeLessThanOrEqual(30);
  expect(more.stdout.toString().replace(` placeholder="${url}"`, '')).toBe(tag);
  const bad = await place.put('bad.lrk', 'nothing');
  expect(await lowrank(['info', '--html', bad])).toMatchObject({
    code: 1,
    stderr: [expect.stringContaining('NOT_LRK'), expect.any(String)],
  });
});
