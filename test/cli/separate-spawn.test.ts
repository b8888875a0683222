import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { piped } from '../unit/io/pictures.js';
import { drawScene } from '../unit/separation/scene.js';
import { newPlace, type Place } from './harness.js';

const main = fileURLToPath(new URL('../../dist/run/main.js', import.meta.url));
const command = `'${process.execPath}' '${main}' separate clip -o out --method online`;

async function putFrames(count: number): Promise<Place> {
  const place = await newPlace();
  for (const [t, frame] of drawScene({ frames: 30 }).frames.entries()) {
    const png = await piped(frame).png().toBuffer();
    for (let i = t; i < count; i += 30) await place.put(`clip/f${i}.png`, png);
  }
  return place;
}

test('A disk that fills up while a clip is separated leaves nothing behind', async () => {
  const place = await putFrames(30);
  const before = await place.files();
  // files above 4 KiB cannot be written: the masks can, the background cannot
  const child = spawn('bash', ['-c', `ulimit -f 4; ${command}`], { cwd: place.root });
  let said = '';
  child.stderr.on('data', text => (said += text));
  const [code] = await once(child, 'close');
  expect([code, said.split('\n')[0]]).toEqual([
    1,
    expect.stringMatching(/^clip: WRITE: out: too large for this file system or limit$/),
  ]);
  expect(await place.files()).toEqual(before);
});

test('A signal while a clip is separated leaves nothing behind', async () => {
  const place = await putFrames(300);
  const before = await place.files();
  const child = spawn('bash', ['-c', `exec ${command}`], { cwd: place.root });
  const ended = once(child, 'close');
  const begun = async (): Promise<boolean> => (await place.files()).some(file => /\.tmp\/masks\//.test(file));
  while (child.exitCode === null && !(await begun())) await wait(20);
  child.kill('SIGTERM');
  expect((await ended)[1]).toBe('SIGTERM');
  expect(await place.files()).toEqual(before);
});
