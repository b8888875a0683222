import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readImage } from '../../src/io/index.js';
import { lowrank } from '../cli/harness.js';
import { temporaryFolder } from '../unit/io/pictures.js';
import { baseline, pipeOf, scene, tiffOf } from './make.js';

const folder = await temporaryFolder();

/** Files that are damaged in different ways, and what is said of each when it is read alone. */
async function makeDamaged(): Promise<[name: string, bytes: Uint8Array, own: RegExp][]> {
  const source = pipeOf(scene());
  const [webp, avif, jpeg, tiff] = await Promise.all([
    source.clone().webp({ quality: 80 }).toBuffer(),
    source.clone().avif({ effort: 0 }).toBuffer(),
    source.clone().jpeg().toBuffer(),
    source.clone().tiff({ compression: 'deflate' }).toBuffer(),
  ]);
  const noTables = Buffer.from(jpeg);
  noTables[noTables.indexOf(Buffer.from([0xff, 0xdb])) + 1] = 0xe9; // its quantisation tables are an unknown segment
  const entries = baseline(scene(), 2, [8, 8, 8]);
  const beyond = tiffOf([{ entries: [...entries, [273, 4, [90_000]], [279, 4, [18_432]]] }]);
  const noCodes = Buffer.from(tiff);
  noCodes.fill(0xff, 40, 60);
  return [
    ['cut.webp', webp.subarray(0, webp.length - 40), /: unable to parse image$/],
    ['cut.avif', avif.subarray(0, avif.length - 40), /: what it points to lies beyond the end of the file$/],
    ['tables.jpg', noTables, /: Quantization table 0x00 was not defined$/],
    ['beyond.tif', beyond, /: what it points to lies beyond the end of the file$/],
    ['codes.tif', noCodes, /: Decoding error at scanline 0\b[^:]*$/],
    [
      'open.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g>'),
      /: XML parse error: [^\n]*$/,
    ],
  ];
}

const damaged = await makeDamaged();
const TIMES = [1, 2, 3, 4, 5, 6];

test('each of several damaged files that are read at once has its own reason', async () => {
  const files = TIMES.flatMap(() => damaged);
  const said = await Promise.all(
    files.map(([name, bytes]) =>
      readImage(bytes, { name }).then(
        () => `${name} was read`,
        ({ message }) => message,
      ),
    ),
  );
  for (const [i, [name, , own]] of files.entries()) {
    expect(said[i]).toContain(`: ${name}: `);
    expect(said[i]).toMatch(own);
  }
});

test('so has each that the threads of a batch read', async () => {
  const from = join(folder, 'batch');
  await mkdir(from);
  await Promise.all(
    TIMES.flatMap(time => damaged.map(([name, bytes]) => writeFile(join(from, `${time}${name}`), bytes))),
  );
  const { code, objects } = await lowrank([
    ...['encode', '-r', from, '-o', join(folder, 'out')],
    ...['--jobs', '2', '--json'],
  ]);
  expect([code, objects.length]).toEqual([1, TIMES.length * damaged.length]);
  for (const { input, error } of objects) {
    const [, , own] = damaged.find(([name]) => name === basename(input).slice(1))!;
    expect(error.message).toMatch(own);
  }
});
