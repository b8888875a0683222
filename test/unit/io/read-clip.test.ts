import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../src/core/raster.js';
import { joinChunks, makeChunk, splitChunks } from '../../../src/io/formats/png-chunks.js';
import { encodeClip } from '../../../src/io/jobs/encode-clip.js';
import type { Clip } from '../../../src/io/read/clip.js';
import { readClip } from '../../../src/io/read/read-clip.js';
import { writeImage } from '../../../src/io/write/write-image.js';
import { animationOf, apngOf, movingSquare, patchOf } from './clips.js';
import { bytesOf, piped, temporaryFolder } from './pictures.js';

const root = await temporaryFolder();

async function framesOf(clip: Clip): Promise<Raster[]> {
  const frames: Raster[] = [];
  for await (const frame of clip.frames()) frames.push(frame);
  return frames;
}

/** A folder with each frame as f<number>.png; returns its path. */
async function folderOf(name: string, frames: readonly Raster[]): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  for (const [i, frame] of frames.entries()) await writeImage(join(folder, `f${i + 1}.png`), frame);
  return folder;
}

const pixelsOf = (frames: readonly Raster[]): string[] =>
  frames.map(frame => bytesOf(frame).toString('base64'));

describe('A clip of single pictures', () => {
  const frames = movingSquare(11);

  it('comes from a folder, a glob and a list in the order of its numbers', async () => {
    const folder = await folderOf('numbers', frames);
    const byShell = frames.map((_, i) => join(folder, `f${i + 1}.png`)).sort();
    for (const input of [folder, `${folder}/*.png`, byShell]) {
      const clip = await readClip(input);
      expect(clip.names.map(name => resolve(name))).toEqual(
        frames.map((_, i) => join(folder, `f${i + 1}.png`)),
      );
      expect(pixelsOf(await framesOf(clip))).toEqual(pixelsOf(frames));
      expect(clip.durations).toEqual(frames.map(() => 40));
      expect(clip.loops).toBe(0);
    }
  });

  it('keeps the order of the caller', async () => {
    const folder = await folderOf('order', frames.slice(0, 3));
    const given = [3, 1, 2].map(n => join(folder, `f${n}.png`));
    expect((await readClip(given)).names).toEqual(given);
  });

  it('leaves out the pictures of subfolders', async () => {
    const folder = await folderOf('nested', frames.slice(0, 2));
    await mkdir(join(folder, 'masks'));
    await writeImage(join(folder, 'masks', 'm.png'), frames[0]!);
    expect((await readClip(folder)).names).toHaveLength(2);
  });

  it('gives every frame the largest number of channels and bits of any frame', async () => {
    const folder = await folderOf('mixed', frames.slice(0, 1));
    const grey: Raster = {
      width: 24,
      height: 16,
      channels: 1,
      bitDepth: 16,
      data: new Uint16Array(384).fill(4112),
    };
    await writeImage(join(folder, 'f2.png'), grey);
    const clip = await readClip(folder, { fps: 10 });
    expect(clip).toMatchObject({ channels: 3, bitDepth: 16, durations: [100, 100] });
    const [first, second] = await framesOf(clip);
    expect([...first!.data.slice(0, 3)]).toEqual([0, 51 * 257, 153 * 257]);
    expect([...second!.data.slice(0, 3)]).toEqual([4112, 4112, 4112]);
  });

  it('is refused with the name of the frame that has another size', async () => {
    const folder = await folderOf('sizes', [...movingSquare(2), ...movingSquare(1, 25)]);
    await expect(readClip(folder)).rejects.toMatchObject({
      code: 'FRAMES',
      path: join(folder, 'f3.png'),
      reason: 'frame 3: 25 x 16 pixels, where frame 1 has 24 x 16',
    });
  });

  it('is refused with the name of a frame that is a sequence', async () => {
    const folder = await folderOf('sequence', frames.slice(0, 2));
    const { data } = await encodeClip([folder], undefined);
    const path = join(folder, 'f3.lrk');
    await writeFile(path, data);
    await expect(readClip([join(folder, 'f1.png'), path])).rejects.toMatchObject({
      code: 'FRAMES',
      path,
      reason: 'frame 2: a sequence itself: decode it to frames or an animation first',
    });
  });

  it('is refused with fewer than two frames', async () => {
    const folder = await folderOf('one', frames.slice(0, 1));
    await expect(readClip(folder)).rejects.toMatchObject({ code: 'FRAMES', path: join(folder, 'f1.png') });
    expect((await readClip(folder, { least: 1 })).names).toHaveLength(1);
    await mkdir(join(root, 'empty'));
    await expect(readClip(join(root, 'empty'))).rejects.toMatchObject({
      code: 'NO_MATCH',
      path: join(root, 'empty'),
    });
    await expect(readClip([])).rejects.toMatchObject({ code: 'NO_MATCH' });
    await expect(readClip(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('names a frame whose header or pixels are damaged', async () => {
    const folder = await folderOf('damaged', frames.slice(0, 5));
    const path = join(folder, 'f3.png');
    const whole = await piped(frames[2]!).png().toBuffer();
    await writeFile(path, whole.subarray(0, whole.length - 30));
    const clip = await readClip(folder);
    await expect(framesOf(clip)).rejects.toMatchObject({ code: 'DAMAGED', path, reason: /^frame 3: / });
    await writeFile(path, 'no picture at all');
    await expect(readClip(folder)).rejects.toMatchObject({ path, reason: /^frame 3: / });
    await writeFile(path, '');
    await expect(readClip(folder)).rejects.toMatchObject({ path, reason: /^frame 3: / });
  });
});

describe('A clip of one file', () => {
  const frames = movingSquare(5);
  const delay = [100, 40, 250, 40, 30];

  it.each(['gif', 'webp'] as const)('keeps pixels, timing and loops of an animated %s', async format => {
    const bytes = await animationOf(frames, format, delay, 3);
    const path = join(root, `moving.${format}`);
    await writeFile(path, bytes);
    for (const clip of [await readClip(path), await readClip(bytes)]) {
      expect(clip).toMatchObject({
        width: 24,
        height: 16,
        channels: 3,
        bitDepth: 8,
        durations: delay,
        loops: 3,
      });
      expect(pixelsOf(await framesOf(clip))).toEqual(pixelsOf(frames));
      expect(clip.names[2]).toMatch(/, frame 3$/);
    }
    expect((await readClip(path, { fps: 20 })).durations).toEqual(frames.map(() => 50));
  });

  it.each([
    'gif',
    'webp',
  ] as const)('names the frame at which an animated %s ends too early', async format => {
    const bytes = await animationOf(frames, format, delay, 0);
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.6));
    await expect(readClip(cut, { name: 'cut' })).rejects.toMatchObject({
      code: 'DAMAGED',
      path: 'cut',
      reason: /^frame [1-5]: /,
    });
  });

  it('composes the patches of an animated PNG as its frames say', async () => {
    const [red, green, half] = [
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 128],
    ] as const;
    const bytes = apngOf(
      [
        { raster: patchOf(4, 2, red), left: 0, top: 0, delay: 50 },
        { raster: patchOf(2, 1, green), left: 1, top: 1, delay: 20, dispose: 2 },
        { raster: patchOf(1, 1, half), left: 0, top: 0, delay: 20, blend: 1, dispose: 1 },
        { raster: patchOf(1, 1, green), left: 3, top: 1, delay: 20 },
      ],
      2,
    );
    const clip = await readClip(bytes);
    expect(clip).toMatchObject({
      width: 4,
      height: 2,
      channels: 4,
      durations: [500, 200, 200, 200],
      loops: 2,
    });
    const colours = (frame: Raster): number[][] =>
      Array.from({ length: 8 }, (_, i) => [...frame.data.slice(4 * i, 4 * i + 4)]);
    const [a, b, c, d] = (await framesOf(clip)).map(colours);
    const r = [...red];
    expect(a).toEqual(Array.from({ length: 8 }, () => r));
    expect(b).toEqual([r, r, r, r, r, [...green], [...green], r]);
    expect(c).toEqual([[127, 0, 128, 255], r, r, r, r, r, r, r]);
    expect(d).toEqual([[0, 0, 0, 0], r, r, r, r, r, r, [...green]]);
  });

  it('gives an animated PNG without alpha its own channels, and alpha only where a frame leaves something empty', async () => {
    for (const [first, second] of [
      [[9], [200]],
      [
        [9, 8, 7],
        [200, 100, 0],
      ],
    ]) {
      const channels = first!.length;
      const clipOf = (dispose: number): Promise<Clip> => {
        const at = { left: 1, top: 0, delay: 10 };
        return readClip(
          apngOf(
            [
              { raster: patchOf(4, 2, first!), left: 0, top: 0, delay: 10 },
              { raster: patchOf(1, 1, second!), ...at, dispose },
              { raster: patchOf(1, 1, second!), ...at, left: 3 },
            ],
            0,
          ),
        );
      };
      const opaque = await clipOf(2);
      expect(opaque.channels).toBe(channels);
      const frames = await framesOf(opaque);
      expect(frames.map(frame => frame.channels)).toEqual([channels, channels, channels]);
      expect([...frames[1]!.data]).toEqual([first, second, first, first, first, first, first, first].flat());
      expect([...frames[2]!.data]).toEqual([first, first, first, second, first, first, first, first].flat());
      const empty = await clipOf(1);
      expect(empty.channels).toBe(4);
      expect([...(await framesOf(empty))[2]!.data.slice(4, 8)]).toEqual([0, 0, 0, 0]);
    }
    const stored = [1, 2].map(delay => ({ raster: patchOf(4, 2, [9, 8, 7, 255]), left: 0, top: 0, delay }));
    expect((await readClip(apngOf(stored, 0))).channels).toBe(4);
  });

  it('shows a frame for an hour at most, as a sequence can, and says so', async () => {
    const raster = patchOf(8, 8, [200, 3, 4, 255]);
    const bytes = apngOf(
      [10_000, 4, 3600].map(delay => ({ raster, left: 0, top: 0, delay })),
      0,
    );
    const inSeconds = splitChunks(bytes).map(({ type, data }) => {
      const own = Buffer.from(data);
      if (type === 'fcTL') own.writeUInt16BE(1, 22);
      return makeChunk(type, own);
    });
    const clip = await readClip(joinChunks(inSeconds));
    expect(clip.durations).toEqual([3_600_000, 4000, 3_600_000]);
    expect(clip.notes).toEqual(['a sequence shows a frame for an hour at most: longer ones are cut to that']);
    expect((await readClip(joinChunks(inSeconds), { fps: 10 })).notes).toEqual([]);
  });

  it('is whole in a GIF that has zeros in place of its last byte, as in browsers; other bytes there are damage', async () => {
    const whole = Buffer.from(await animationOf(frames, 'gif', delay, 0));
    for (const end of [[], [0], [0, 0, 0]]) {
      const clip = await readClip(Buffer.concat([whole.subarray(0, -1), Buffer.from(end)]));
      expect([clip.durations, clip.notes]).toEqual([delay, []]);
    }
    for (const end of [[0, 7], [0, 0x21, 0xf9], [7]])
      await expect(readClip(Buffer.concat([whole.subarray(0, -1), Buffer.from(end)]))).rejects.toMatchObject({
        code: 'DAMAGED',
        reason: /^frame 6: unexpected data at byte/,
      });
  });

  it('names application data of an animated GIF once, though they stand before each frame', async () => {
    const gif = Buffer.from(await animationOf(frames, 'gif', delay, 0));
    const data = Buffer.from('\x21\xff\x0bSOMETHING10\x01a\0', 'latin1');
    const at = gif.indexOf(Buffer.from([0x21, 0xf9, 4]));
    const clip = await readClip(Buffer.concat([gif.subarray(0, at), data, data, gif.subarray(at)]));
    expect(clip.notes).toEqual(['its application data SOMETHING10 are not kept']);
  });

  it('names the damaged frame of an animated PNG', async () => {
    const patch = (delay: number) => ({ raster: patchOf(8, 8, [delay, 3, 4, 255]), left: 0, top: 0, delay });
    const bytes = Buffer.from(apngOf([patch(20), patch(30), patch(40)], 0));
    const at = bytes.lastIndexOf('fdAT');
    bytes.fill(0xa5, at + 8, at + 18);
    const clip = await readClip(bytes, { name: 'b.apng' });
    await expect(framesOf(clip)).rejects.toMatchObject({
      code: 'DAMAGED',
      path: 'b.apng',
      reason: /^frame 3: /,
    });
    const cut = bytes.subarray(0, at);
    await expect(readClip(cut, { name: 'b.apng' }).then(framesOf)).rejects.toMatchObject({
      code: 'DAMAGED',
      reason: /^frame [1-3]: /,
    });
  });

  it('cannot be a single picture, or a frame among others', async () => {
    await expect(readClip(await piped(frames[0]!).gif().toBuffer())).rejects.toMatchObject({
      code: 'FRAMES',
    });
    await expect(readClip(await piped(frames[0]!).png().toBuffer())).rejects.toMatchObject({
      code: 'FRAMES',
    });
    const folder = await folderOf('among', frames.slice(0, 2));
    await writeFile(join(folder, 'f3.gif'), await animationOf(frames, 'gif', delay, 0));
    await expect(readClip(folder)).rejects.toMatchObject({
      code: 'FRAMES',
      reason: /^frame 3: has 5 frames/,
    });
  });
});
