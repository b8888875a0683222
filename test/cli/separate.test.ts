import { readFile, writeFile } from 'node:fs/promises';
import { readImage } from 'lowrank/node';
import { describe, expect, it } from 'vitest';
import { animationOf } from '../unit/io/clips.js';
import { piped } from '../unit/io/pictures.js';
import { drawScene, fMeasure } from '../unit/separation/scene.js';
import { lowrank, newPlace, type Place } from './harness.js';

const COUNT = 8;
const scene = drawScene({ frames: COUNT, place: t => 8 * t, noise: 1 });
const numbered = Array.from({ length: COUNT }, (_, t) => `000${t + 1}.png`);
const MADE = [
  'background.png',
  ...numbered.map(name => `foreground/${name}`),
  ...numbered.map(name => `masks/${name}`),
  'page.html',
];

/** Frames f1.png, f2.png, ... in folder `name`. */
async function putFrames(place: Place, name: string, count = COUNT): Promise<void> {
  for (const [t, frame] of scene.frames.slice(0, count).entries())
    await place.put(`${name}/f${t + 1}.png`, await piped(frame).png().toBuffer());
}

const made = async (place: Place, folder: string): Promise<string[]> =>
  (await place.files())
    .filter(file => file.startsWith(`${folder}/`))
    .map(file => file.slice(folder.length + 1));

describe('lowrank separate', () => {
  it.each(['svd', 'rpca', 'online'])('writes background, masks, cut-outs and a page (%s)', async method => {
    const place = await newPlace();
    await putFrames(place, 'clip');
    const args = ['separate', place.at('clip'), '-o', place.at('new/out'), '--method', method, '--json'];
    const { code, objects, stderr } = await lowrank(args);
    expect(code).toBe(0);
    expect(stderr.filter(line => !line.endsWith('resolution: not kept, a sequence has no metadata'))).toEqual(
      [],
    );
    expect(objects).toMatchObject([
      { output: place.at('new/out'), width: 64, height: 48, frames: COUNT, method, rank: 1 },
    ]);
    expect(await made(place, 'new/out')).toEqual(MADE);
    const masks: Uint8Array[] = [];
    for (const [t, name] of numbered.entries()) {
      const { raster } = await readImage(place.at('new/out/masks', name));
      expect(raster.channels).toBe(1);
      masks.push(Uint8Array.from(raster.data, value => value / 255));
      const cut = (await readImage(place.at('new/out/foreground', name))).raster;
      const whole = scene.frames[t]!.data;
      for (let p = 0; p < 64 * 48; p++)
        expect([...cut.data.subarray(4 * p, 4 * p + 4)]).toEqual(
          masks[t]![p] === 1 ? [...whole.subarray(3 * p, 3 * p + 3), 255] : [0, 0, 0, 0],
        );
    }
    expect(fMeasure(masks, scene.masks)).toBeGreaterThan(0.95);
    const share = masks.reduce((sum, mask) => sum + mask.reduce((a, b) => a + b, 0), 0) / (64 * 48 * COUNT);
    expect(objects[0].foreground).toBeCloseTo(share, 5);
    const page = await readFile(place.at('new/out/page.html'), 'utf8');
    expect(page).toContain('"title":"clip"');
    expect(page).not.toMatch(/(src|href)="?http/);
  });

  it('reads an animation, from stdin too, and keeps its timing', async () => {
    const place = await newPlace();
    const delay = scene.frames.map((_, t) => 40 + 10 * t);
    const bytes = await animationOf(scene.frames, 'webp', delay, 0);
    const path = await place.put('moving.webp', bytes);
    expect((await lowrank(['separate', path, '-o', place.at('a')])).stderr[0]).toMatch(
      /moving\.webp -> .*a: 8 frames of 64 x 48, [\d.]+ % foreground, background of rank 1, [\d.]+ s$/,
    );
    expect((await lowrank(['separate', '-', '-o', place.at('b')], { stdin: bytes })).code).toBe(0);
    const [a, b] = await Promise.all(['a', 'b'].map(of => readFile(place.at(of, 'page.html'), 'utf8')));
    expect(a).toContain('"title":"moving.webp"');
    expect(b!.replace('"title":"stdin"', '"title":"moving.webp"')).toBe(a);
    const data = JSON.parse(/id="clip">(.*?)<\/script>/s.exec(a!)![1]!);
    expect(data.frames.map(({ duration }: { duration: number }) => duration)).toEqual(delay);
  });

  it('overwrites only with --force, and never other files in the folder', async () => {
    const place = await newPlace();
    await putFrames(place, 'clip');
    await place.put('out/notes.txt', 'mine');
    await place.put('out/masks/old.png', 'old');
    const args = ['separate', place.at('clip'), '-o', place.at('out')];
    const refused = await lowrank(args);
    expect([refused.code, refused.stderr[0]]).toEqual([1, expect.stringContaining('masks: exists already')]);
    expect(await made(place, 'out')).toEqual(['masks/old.png', 'notes.txt']);
    expect((await lowrank([...args, '--force'])).code).toBe(0);
    expect(await made(place, 'out')).toEqual([...MADE, 'notes.txt'].sort());
  });

  it('refuses to overwrite its own input', async () => {
    const place = await newPlace();
    await putFrames(place, 'clip');
    await putFrames(place, 'out/foreground');
    for (const [input, output] of [
      ['clip', 'clip'],
      ['out/foreground', 'out'],
    ] as const) {
      const before = await place.files();
      const { code, objects } = await lowrank([
        'separate',
        place.at(input),
        '-o',
        place.at(output),
        '--force',
        '--json',
      ]);
      expect([code, objects[0].error.code]).toEqual([1, 'SAME_FILE']);
      expect(await place.files()).toEqual(before);
    }
  });

  describe('leaves nothing behind and names the frame', () => {
    const refused = async (place: Place, wrong: RegExp, code: string, ...more: string[]): Promise<void> => {
      const before = await place.files();
      const args = ['separate', place.at('clip'), '-o', place.at('deep/out'), '--json', ...more];
      const { code: exit, objects } = await lowrank(args);
      expect([exit, objects[0].error.code]).toEqual([1, code]);
      expect(objects[0].error.message).toMatch(wrong);
      expect(await place.files()).toEqual(before);
      await expect(readFile(place.at('deep'))).rejects.toMatchObject({ code: 'ENOENT' });
    };

    it('if a frame has another size', async () => {
      const place = await newPlace();
      await putFrames(place, 'clip');
      await place.put(
        'clip/f5.png',
        await piped(drawScene({ frames: 1, width: 65 }).frames[0]!)
          .png()
          .toBuffer(),
      );
      await refused(place, /f5\.png: frame 5: 65 x 48 pixels, where frame 1 has 64 x 48/, 'FRAMES');
    });

    it('if there are fewer than two frames', async () => {
      const place = await newPlace();
      await putFrames(place, 'clip', 1);
      await refused(place, /one frame alone/, 'FRAMES');
      const empty = await newPlace();
      await empty.put('clip/notes.txt', 'no picture');
      await refused(empty, /no frames/, 'NO_MATCH');
    });

    it.each(['svd', 'online'])('if a frame in the middle is damaged (%s)', async method => {
      const place = await newPlace();
      await putFrames(place, 'clip');
      const path = place.at('clip/f4.png');
      const bytes = await readFile(path);
      await writeFile(path, bytes.subarray(0, bytes.length - 200));
      await refused(place, /f4\.png: frame 4: /, 'DAMAGED', '--method', method);
    });

    it('if a frame is damaged after others have been written', async () => {
      const place = await newPlace();
      for (let t = 0; t < 30; t++)
        await place.put(
          `clip/f${t}.png`,
          await piped(scene.frames[t % COUNT]!)
            .png()
            .toBuffer(),
        );
      const bytes = await readFile(place.at('clip/f27.png'));
      await writeFile(place.at('clip/f27.png'), bytes.subarray(0, bytes.length - 200));
      await refused(place, /f27\.png: frame 28: /, 'DAMAGED', '--method', 'online');
    });

    it('if the rank is not less than the number of frames', async () => {
      const place = await newPlace();
      await putFrames(place, 'clip', 3);
      await refused(
        place,
        /rank: got 3, expected less than the number of frames, 3/,
        'OPTION',
        '--rank',
        '3',
      );
    });
  });

  it('says which option it does not understand', async () => {
    for (const args of [
      ['a'],
      ['a', '-o', 'b', '--method', 'median'],
      ['a', '-o', 'b', '--rank', '17'],
      ['-o', 'b'],
    ])
      expect((await lowrank(['separate', ...args])).code).toBe(2);
  });
});
