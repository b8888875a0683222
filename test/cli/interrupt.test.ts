import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { verify } from 'lowrank';
import { expect, test } from 'vitest';
import { encodeImage } from '../../src/io/index.js';
import { piped, smooth } from '../unit/io/pictures.js';
import { drawScene } from '../unit/separation/scene.js';
import { newPlace, type Place } from './harness.js';

const main = fileURLToPath(new URL('../../dist/run/main.js', import.meta.url));

const scene = fileURLToPath(new URL('../../samples/scene.png', import.meta.url));

const begin = (place: Place, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [main, ...args], { cwd: place.root, stdio: 'ignore' });

const lrk = async (place: Place, folder: string): Promise<string[]> =>
  (await place.files()).filter(name => name.startsWith(folder) && name.endsWith('.lrk'));

const PICTURES = 40;

test('A signal ends a batch in threads, and leaves no half-written file', async () => {
  const place = await newPlace();
  // More work than can be done before the signal arrives.
  for (let i = 0; i < PICTURES; i++) await place.put(`in/${i}.png`, await readFile(scene));
  await place.put('in/00.png', (await encodeImage(smooth(20, 20))).bytes);
  const child = begin(place, 'encode', 'in', '-r', '-o', 'out', '--jobs', '2', '--effort', '9');
  const closed = once(child, 'close');
  while (child.exitCode === null && (await lrk(place, 'out')).length < 1) await wait(5);
  child.kill('SIGINT');
  expect((await closed)[1]).toBe('SIGINT');
  const left = (await place.files()).filter(name => name.startsWith('out'));
  expect(left).toContain('out/00.lrk');
  expect(left.length).toBeLessThan(PICTURES + 1);
  // On a busy machine another file may have been written before the signal arrived.
  for (const name of left)
    expect([name, verify(await readFile(place.at(name)))]).toMatchObject([
      name,
      { complete: true, damage: [] },
    ]);
});

test('A signal ends separate during its computation, before anything is written', async () => {
  const place = await newPlace();
  const { frames } = drawScene({ frames: 160 });
  for (const [t, frame] of frames.entries())
    await place.put(`clip/f${t}.png`, await piped(frame).png().toBuffer());
  const before = await place.files();
  const child = begin(place, 'separate', 'clip', '-o', 'out', '--method', 'rpca');
  const closed = once(child, 'close');
  await wait(1500);
  child.kill('SIGINT');
  expect((await closed)[1]).toBe('SIGINT');
  expect(await place.files()).toEqual(before);
});
