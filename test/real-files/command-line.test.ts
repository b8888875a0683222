import { execFile } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { encode, inspect } from '../../src/index.js';
import {
  decodeClip,
  decodeFile,
  encodeClip,
  encodeFile,
  encodeImage,
  placeholderOf,
  readClip,
  readImage,
  writeImage,
} from '../../src/io/index.js';
import { isSequence } from '../../src/sequence/is-sequence.js';
import { lowrank, newPlace } from '../cli/harness.js';
import { smooth } from '../unit/io/pictures.js';
import { baseline, gifOf, tiffOf } from './make.js';

const png = (await encodeImage(smooth(16, 16))).bytes;
const jpeg = (await encodeImage(smooth(64, 64), { format: 'jpeg' })).bytes;
const whole = { left: 0, top: 0, width: 16, height: 16 };
const gif = gifOf({ width: 16, height: 16 }, [
  { ...whole, colour: 0 },
  { ...whole, colour: 1 },
]);

describe('A name is reserved only once a file exists under it:', () => {
  test('a damaged file leaves its name to a good one with the same stem', async () => {
    const place = await newPlace();
    await place.put('photo.jpg', jpeg.subarray(0, Math.round(jpeg.length * 0.6)));
    await place.put('photo.png', png);
    for (const jobs of ['1', '2']) {
      const { code, stderr } = await lowrank([
        'encode',
        place.root,
        '-r',
        '-f',
        '--jobs',
        jobs,
        '-o',
        place.at('out'),
      ]);
      expect(code).toBe(1);
      expect(stderr.filter(line => line.includes('COLLISION'))).toEqual([]);
      expect(stderr.at(-1)).toMatch(/^1 encoded, 1 failed/);
      expect(await place.files()).toContain('out/photo.lrk');
    }
  });
});

describe('Inputs are read once', () => {
  const main = fileURLToPath(new URL('../../dist/run/main.js', import.meta.url));

  test('process substitution, /dev/stdin and named pipes work', async () => {
    const place = await newPlace();
    await place.put('a.png', png);
    await place.put('a.gif', gif);
    const run = `'${process.execPath}' '${main}'`;
    const script = `set -e
${run} encode <(cat a.png) -o one.lrk
${run} encode /dev/stdin -o two.lrk < <(cat a.png)
mkfifo pipe; cat a.gif > pipe & ${run} encode pipe -o three.lrk
mkfifo wide; cat a.png > wide & ${run} encode wide --widths 8,16 -o sizes/
${run} decode <(cat one.lrk) -o back.png`;
    await promisify(execFile)('bash', ['-c', script], { cwd: place.root });
    const expected = encode(smooth(16, 16));
    for (const name of ['one.lrk', 'two.lrk'])
      expect(Buffer.compare(await readFile(place.at(name)), expected), name).toBe(0);
    expect(isSequence(await readFile(place.at('three.lrk')))).toBe(true);
    expect(await place.files()).toEqual(
      expect.arrayContaining(['back.png', 'sizes/wide-8.lrk', 'sizes/wide-16.lrk']),
    );
  });
});

describe('Messages', () => {
  test('an output named as another kind of file is refused, with the right name to use', async () => {
    const place = await newPlace();
    const input = await place.put('a.png', png);
    const lrk = await place.put('b.lrk', encode(smooth(16, 16)));
    for (const args of [
      ['encode', input, '-o', place.at('photo.jpg')],
      ['truncate', lrk, '--rank', '2', '-o', place.at('photo.jpg')],
      ['encode', input, lrk, '-o', place.at('photo.jpg')],
    ]) {
      const { code, stderr } = await lowrank(args);
      expect(code, args.join(' ')).toBe(2);
      expect(stderr[0]).toContain(`use -o ${place.at('photo.lrk')}`);
    }
    expect(await place.files()).toEqual(['a.png', 'b.lrk']);
  });

  test('the library refuses such a name too, and names of formats that cannot be written', async () => {
    const place = await newPlace();
    const input = await place.put('a.png', png);
    const animation = await place.put('a.gif', gif);
    const unsupported = (reason: RegExp) => ({ code: 'UNSUPPORTED', reason: expect.stringMatching(reason) });
    const named = unsupported(/: use .*b\.lrk$/);
    await expect(encodeFile(input, place.at('b.jpg'))).rejects.toMatchObject(named);
    await expect(encodeClip([animation], place.at('b.gif'))).rejects.toMatchObject(named);
    const { data } = await encodeFile(input, undefined);
    const { data: clip } = await encodeClip([animation], undefined);
    const other = unsupported(/^\.bmp is not the extension of a format that can be written/);
    const bmp = place.at('b.bmp');
    await expect(decodeFile(data, bmp)).rejects.toMatchObject(other);
    await expect(writeImage(bmp, smooth(16, 16))).rejects.toMatchObject(other);
    await expect(decodeClip(clip, bmp, { frame: 1 })).rejects.toMatchObject(other);
    expect(await place.files()).toEqual(['a.gif', 'a.png']);
  });

  test('a frame of a sequence gets the format of --format or of its name', async () => {
    const place = await newPlace();
    const clip = await place.put('a.lrk', (await encodeClip(gif, undefined)).data);
    const frame = ['decode', clip, '--frame', '1'];
    const path = place.at('frame');
    expect((await lowrank([...frame, '--format', 'jpeg', '-o', path])).code).toBe(0);
    expect((await readImage(path)).format).toBe('jpeg');
    for (const args of [
      ['-o', place.at('frame.bmp')],
      ['--format', 'webp', '-o', place.at('frame.jpg')],
    ])
      expect((await lowrank([...frame, ...args])).code, args.join(' ')).toBe(2);
    expect(await place.files()).toEqual(['a.lrk', 'frame']);
  });

  test('pictures of different sizes with one .lrk output are refused with an explanation', async () => {
    const place = await newPlace();
    const inputs = [
      await place.put('a.png', png),
      await place.put('b.png', (await encodeImage(smooth(20, 16))).bytes),
    ];
    const { code, stderr } = await lowrank(['encode', ...inputs, '-o', place.at('both.lrk')]);
    expect([code, stderr[0]]).toEqual([
      1,
      expect.stringMatching(
        /are taken for the frames of a clip: to encode each separately, name a folder with -o/,
      ),
    ]);
  });

  test('an animation becomes a sequence unless its name says otherwise; --still takes its first frame', async () => {
    const place = await newPlace();
    const input = await place.put('a.gif', gif);
    const first = await lowrank(['encode', input]);
    expect([first.code, first.stderr[0]]).toEqual([0, expect.stringContaining('2 frames of 16 x 16')]);
    expect(isSequence(await readFile(place.at('a.lrk')))).toBe(true);
    const still = await lowrank(['encode', input, '--still', '-f']);
    expect(still.stderr[0]).toContain('note: the first of 2 frames; the others are not kept');
    expect(inspect(await readFile(place.at('a.lrk'))).width).toBe(16);
    const asked = await lowrank(['encode', input, '--rank', '3', '-f']);
    expect([asked.code, asked.stderr[0]]).toEqual([
      1,
      expect.stringContaining('use --still to encode only its first frame'),
    ]);
  });

  test('skipped files are counted and named, with --json too', async () => {
    const place = await newPlace();
    await place.put('in/a.png', png);
    await place.put('in/b.bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]));
    await place.put('in/c.txt', 'a text');
    await place.put('in/.hidden.png', png);
    await symlink('nowhere.png', place.at('in', 'dangling.png'));
    await writeFile(
      Buffer.concat([Buffer.from(`${place.root}/in/caf`), Buffer.from([0xe9]), Buffer.from('.png')]),
      png,
    );
    const args = ['encode', place.at('in'), '-r', '-o', place.at('out')];
    const { code, stderr } = await lowrank(args);
    expect([code, stderr.at(-1)]).toEqual([0, '1 encoded, 0 failed, 5 skipped']);
    const reasons = stderr
      .filter(line => line.includes(': skipped: '))
      .map(line => line.slice(place.at('in').length + 1));
    expect(reasons).toEqual([
      '.hidden.png: skipped: hidden',
      expect.stringMatching(/^b\.bmp: skipped: BMP, which is not supported; convert/),
      'c.txt: skipped: not a picture of a known format',
      'caf\ufffd.png: skipped: its name is not UTF-8',
      'dangling.png: skipped: a broken link',
    ]);
    const { objects } = await lowrank([...args, '-f', '--json']);
    expect(objects.filter(object => object.skipped)).toHaveLength(5);
  });

  test('control characters in file names and in foreign texts are escaped', async () => {
    const place = await newPlace();
    const input = await place.put('a\x1b[31m\n.png', 'no picture');
    const { stderr } = await lowrank(['encode', input, place.at('none\u202e')]);
    expect(stderr).toHaveLength(3);
    expect(stderr[0]).toContain('a\\x1b[31m\\x0a.png: UNSUPPORTED: not an image');
    expect(stderr[1]).toContain('none\\u202e: NOT_FOUND');
  });

  test('a TIFF whose pages differ in size is no clip, and the option for its first page is named', async () => {
    const place = await newPlace();
    const pageOf = (width: number) => {
      const raster = smooth(width, 16);
      return { entries: baseline(raster, 2, [8, 8, 8]), pixels: raster.data as Uint8Array };
    };
    const path = await place.put('pages.tif', tiffOf([pageOf(16), pageOf(8)]));
    const { code, stderr } = await lowrank(['encode', path, '-o', place.at('x.lrk')]);
    expect([code, stderr[0]]).toEqual([
      1,
      `${path}: FRAMES: frame 2: 8 x 16 pixels, where frame 1 has 16 x 16; to encode only its first picture use --still`,
    ]);
    expect((await lowrank(['encode', path, '-o', place.at('x.lrk'), '--still'])).code).toBe(0);
  });

  test('encode of anything but a raster gives an error that says so', () => {
    for (const value of [null, undefined, 'text', 7])
      expect(() => encode(value as never)).toThrow(expect.objectContaining({ code: 'RASTER' }));
  });

  test('an input that is neither a path nor bytes is an OPTIONS error', async () => {
    for (const value of [null, undefined, 7, {}, new ArrayBuffer(8), new URL('file:///a.png')])
      for (const read of [readImage, readClip, decodeFile, decodeClip, encodeFile, placeholderOf])
        await expect(read(value as never, 'unused' as never)).rejects.toMatchObject({
          code: 'OPTION',
          field: 'source',
        });
  });
});
