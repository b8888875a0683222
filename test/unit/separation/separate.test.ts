import { psnr, separate, separateOnline } from 'lowrank';
import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../src/core/raster.js';
import { METHODS } from '../../../src/separation/options.js';
import { drawScene, fMeasure } from './scene.js';

const decibels = (a: Raster, b: Raster): number => psnr(a, b).psnr;
const masksOf = (frames: readonly { mask: Uint8Array }[]): Uint8Array[] => frames.map(({ mask }) => mask);
const share = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + value, 0) / mask.length;

describe('A separated clip', () => {
  it.each(METHODS)('has moving things in its masks and the wall behind them as background (%s)', method => {
    const scene = drawScene();
    const { background, frames } = separate(scene.frames, { method });
    expect(fMeasure(masksOf(frames), scene.masks)).toBeGreaterThan(0.97);
    expect(decibels(background, scene.background)).toBeGreaterThan(40);
    expect(frames.map(({ index }) => index)).toEqual(scene.frames.map((_, t) => t));
  });

  it.each([0, 1, 6])('needs no threshold: its noise is measured (deviation %d)', noise => {
    const scene = drawScene({ noise });
    const { background, frames } = separate(scene.frames);
    expect(fMeasure(masksOf(frames), scene.masks)).toBeGreaterThan(0.95);
    expect(decibels(background, scene.background)).toBeGreaterThan(38);
  });

  it.each([
    [1, 8],
    [1, 16],
    [2, 8],
    [4, 8],
    [4, 16],
  ] as const)('keeps the kind of its frames: %d channels of %d bits', (channels, bitDepth) => {
    const scene = drawScene({ channels, bitDepth, frames: 16 });
    const { background, frames } = separate(scene.frames);
    expect(fMeasure(masksOf(frames), scene.masks)).toBeGreaterThan(0.95);
    const colours = channels < 3 ? 1 : 3;
    expect(background).toMatchObject({ width: 64, height: 48, channels: colours, bitDepth });
    expect(decibels(background, scene.background)).toBeGreaterThan(36);
    const { foreground, mask } = frames[8]!;
    expect(foreground).toMatchObject({ width: 64, height: 48, channels: colours + 1, bitDepth });
    const opaque = (channels % 2 === 0 ? 200 : 255) * (bitDepth === 16 ? 257 : 1);
    for (let p = 0; p < mask.length; p++) {
      const cut = [...foreground.data.subarray(p * (colours + 1), (p + 1) * (colours + 1))];
      const whole = [...scene.frames[8]!.data.subarray(p * channels, p * channels + colours)];
      expect(cut).toEqual(mask[p] === 1 ? [...whole, opaque] : new Array(colours + 1).fill(0));
    }
  });

  it("has each frame's background in the light of that frame, behind things too", () => {
    const light = (t: number): number => (t % 2 === 0 ? 0.8 : 1.1);
    const scene = drawScene({ light, noise: 1 });
    const clean = drawScene({ light, noise: 0, place: () => undefined });
    const { frames } = separate(scene.frames);
    for (const [t, { background }] of frames.entries())
      expect(decibels(background, clean.frames[t]!)).toBeGreaterThan(40);
  });

  it('takes a second light into its background at rank 2, which disturbs it at rank 1', () => {
    const scene = drawScene({ lamp: t => (t % 5 === 0 ? 1 : 0), noise: 1 });
    const [one, two] = [1, 2].map(rank => separate(scene.frames, { rank }));
    expect(fMeasure(masksOf(two!.frames), scene.masks)).toBeGreaterThan(0.97);
    expect(fMeasure(masksOf(one!.frames), scene.masks)).toBeLessThan(0.9);
  });

  it('is all background if nothing moves, and exactly so if nothing changes', () => {
    const scene = drawScene({ place: () => undefined, noise: 3 });
    expect(Math.max(...masksOf(separate(scene.frames).frames).map(share))).toBeLessThan(0.001);
    const [frame] = scene.frames;
    const { background, frames } = separate([frame!, frame!, frame!]);
    expect(background.data).toEqual(frame!.data);
    expect(frames.every(({ mask }) => share(mask) === 0)).toBe(true);
    const black = { ...frame!, data: new Uint8Array(frame!.data.length) };
    expect(separate([black, black]).background.data).toEqual(black.data);
  });

  it('can be aborted, and reports progress', () => {
    const { frames } = drawScene({ frames: 8 });
    for (const method of ['svd', 'online'] as const)
      for (const given of [frames, new Set(frames)]) {
        const told: number[] = [];
        separate(given, { method, onProgress: fraction => told.push(fraction) });
        expect(told).toEqual([...told].sort((a, b) => a - b));
        expect([told[0], told.at(-1)]).toEqual([0, 1]);
      }
    const signal = AbortSignal.abort('enough');
    for (const method of METHODS)
      expect(() => separate(frames, { method, signal })).toThrow(
        expect.objectContaining({ code: 'ABORTED', got: 'enough' }),
      );
  });
});

describe('A clip that cannot be separated', () => {
  const { frames } = drawScene({ frames: 5 });
  const other = drawScene({ frames: 1, width: 65 }).frames[0]!;
  const cut = { ...frames[0]!, data: frames[0]!.data.subarray(1) };

  it.each(METHODS)('is refused with what is wrong and where (%s)', method => {
    const refused = (clip: Raster[], wrong: object, options = {}): void =>
      expect(() => separate(clip, { method, ...options })).toThrow(expect.objectContaining(wrong));
    refused([], { code: 'OPTION', field: 'frames', got: 0, expected: '2 or more' });
    refused([frames[0]!], { code: 'OPTION', field: 'frames', got: 1 });
    refused([...frames, other], {
      code: 'RASTER',
      field: 'frame 6: width',
      got: 65,
      expected: '64, as frame 1 has',
    });
    refused([frames[0]!, cut, frames[1]!], { code: 'RASTER', field: 'frame 2: data.length' });
    refused(frames, { code: 'OPTION', field: 'rank', got: 5 }, { rank: 5 });
    refused(frames, { code: 'OPTION', field: 'rank', got: 17 }, { rank: 17 });
    refused(frames, { code: 'OPTION', field: 'rank', got: 1.5 }, { rank: 1.5 });
    refused(frames, { code: 'OPTION', field: 'signal', got: 'stop' }, { signal: 'stop' });
    refused(frames, { code: 'OPTION', field: 'onProgress', got: true }, { onProgress: true });
  });

  it('is refused if the frames are not iterable', () => {
    for (const clip of [undefined, {}, { frames: () => frames }, (async function* () {})()])
      expect(() => separate(clip as unknown as Raster[])).toThrow(
        expect.objectContaining({ code: 'OPTION', field: 'frames' }),
      );
  });

  it('is refused with an unknown method', () => {
    expect(() => separate(frames, { method: 'median' as 'svd' })).toThrow('svd, rpca, online');
  });
});

describe('A clip that is separated while it is read', () => {
  it('comes out frame by frame after the first 24', async () => {
    const { frames, masks, background } = drawScene({ frames: 60 });
    let read = 0;
    const source = async function* () {
      for (const frame of frames) {
        read++;
        yield frame;
      }
    };
    const lead: number[] = [];
    const found: Uint8Array[] = [];
    const clip = separateOnline(source());
    let step = await clip.next();
    for (; !step.done; step = await clip.next()) {
      lead.push(read - step.value.index);
      found.push(step.value.mask);
    }
    expect(lead.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, t) => 24 - t));
    expect(lead.slice(24)).toEqual(new Array(36).fill(1));
    expect(fMeasure(found, masks)).toBeGreaterThan(0.97);
    expect(decibels(step.value, background)).toBeGreaterThan(40);
    expect(masksOf(separate(frames, { method: 'online' }).frames)).toEqual(found);
  });

  it('equals the result of method svd if it is shorter', () => {
    const { frames } = drawScene({ frames: 20 });
    expect(separate(frames, { method: 'online' })).toEqual(separate(frames));
  });

  it('finds the wall behind a thing that was there from the start, and absorbs one that has come to stay', () => {
    const left = (t: number): number => (t < 24 ? 10 : t < 70 ? 10 + 4 * (t - 24) : 40);
    const { frames, masks } = drawScene({
      frames: 180,
      place: t => (left(t) > 64 ? undefined : left(t)),
      light: () => 1,
      noise: 1,
    });
    const found = masksOf(separate(frames, { method: 'online' }).frames);
    // at the start the thing is taken for the wall, and the wall behind it is foreground until it has been seen more often
    expect(fMeasure(found.slice(0, 1), masks.slice(0, 1))).toBeLessThan(0.1);
    expect(fMeasure(found.slice(64, 70), masks.slice(64, 70))).toBe(1);
    expect(fMeasure(found.slice(72, 90), masks.slice(72, 90))).toBeGreaterThan(0.95);
    expect(share(found.at(-1)!)).toBeLessThan(0.005);
  });

  it('follows a light that changes slowly by more than the noise', () => {
    const scene = drawScene({ frames: 150, light: t => 0.7 + t / 300, noise: 1 });
    const { frames } = separate(scene.frames, { method: 'online', rank: 2 });
    expect(fMeasure(masksOf(frames), scene.masks)).toBeGreaterThan(0.97);
  });

  it('names the frame that does not fit', async () => {
    const { frames } = drawScene({ frames: 30 });
    const clip = separateOnline([...frames, { ...frames[0]!, width: 48, height: 64 }]);
    let count = 0;
    const all = async (): Promise<void> => {
      for await (const _ of clip) count++;
    };
    await expect(all()).rejects.toMatchObject({ code: 'RASTER', field: 'frame 31: width', got: 48 });
    expect(count).toBe(30);
  });
});
