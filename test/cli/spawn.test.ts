import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { getuid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { encode } from '../../src/index.js';
import { encodeImage } from '../../src/io/index.js';
import { picture, smooth } from '../unit/io/pictures.js';
import { newPlace } from './harness.js';

// The executable in a process of its own, for what can only be tested there.
const main = fileURLToPath(new URL('../../dist/run/main.js', import.meta.url));
const command = [process.execPath, main] as const;

/** Runs a line of shell in which $LOWRANK is the executable. */
async function shell(line: string, cwd: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, LOWRANK: command.map(part => `'${part}'`).join(' ') };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['-c', line.replaceAll('lowrank ', 'eval $LOWRANK ')],
      { cwd, env },
    );
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const png = (await encodeImage(smooth(40, 30))).bytes;

test('The executable has a shebang, works in the current folder, and exits with the right code', async () => {
  expect((await readFile(main, 'utf8')).startsWith('#!/usr/bin/env node\n')).toBe(true);
  const place = await newPlace();
  await place.put('a.png', png);
  const first = await shell('lowrank encode a.png --json', place.root);
  expect([first.code, first.stderr, JSON.parse(first.stdout).output]).toEqual([0, '', 'a.lrk']);
  const second = await shell('lowrank encode a.png', place.root);
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).not.toMatch(/^ +at /m);
  expect((await shell('lowrank encode', place.root)).code).toBe(2);
}, 60_000);

test('Commands can be piped, and a reader that leaves early leaves no trace on stderr', async () => {
  const place = await newPlace();
  await place.put('a.png', png);
  await place.put('b.lrk', encode(smooth(40, 30)));
  const line = 'set -o pipefail; cat a.png | lowrank encode - | lowrank decode - -o out.png';
  expect((await shell(line, place.root)).code).toBe(0);
  expect(await place.files()).toEqual(['a.png', 'b.lrk', 'out.png']);
  const { stdout, stderr } = await shell('lowrank info b.lrk | head -c 1', place.root);
  expect([stdout, stderr]).toEqual(['b', '']);
}, 60_000);

test('A disk that fills up while the file is written leaves nothing behind', async () => {
  const place = await newPlace();
  await place.put('a.png', (await encodeImage(picture(64, 64, 3, 8))).bytes);
  // files above 1 KiB cannot be written: to the program the same as a full disk
  const { code, stderr } = await shell('ulimit -f 1; lowrank encode a.png --quality 95', place.root);
  expect([code, stderr.split('\n')[0]]).toEqual([
    1,
    'a.png: WRITE: a.lrk: too large for this file system or limit',
  ]);
  expect(await place.files()).toEqual(['a.png']);
}, 60_000);

test('Unreadable files and read-only folders are reported as such', async () => {
  const place = await newPlace();
  await place.put('a.png', png);
  await chmod(await place.put('secret.png', png), 0);
  await mkdir(place.at('locked'), { mode: 0o555 });
  // Root may read and write everything: as root, the executable runs without that right.
  const drop = '-dac_override,-dac_read_search';
  const bin = `eval ${getuid?.() === 0 ? `setpriv --bounding-set=${drop} --inh-caps=${drop} ` : ''}$LOWRANK`;
  const secret = await shell(`${bin} encode secret.png`, place.root);
  expect([secret.code, secret.stdout]).toEqual([1, '']);
  expect(secret.stderr).toContain('secret.png: UNREADABLE: ');
  const locked = await shell(`${bin} encode a.png -o locked/a.lrk`, place.root);
  expect([locked.code, locked.stdout]).toEqual([1, '']);
  expect(locked.stderr).toContain('a.png: WRITE: ');
  expect(await place.files()).toEqual(['a.png', 'secret.png']);
}, 60_000);
