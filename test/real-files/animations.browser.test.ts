import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasAlpha, peakOf, type Raster } from '../../src/core/raster.js';
import { readClip } from '../../src/io/index.js';
import type { Driver } from '../browsers/driver.js';
import { inEachBrowser } from '../browsers/in-each-browser.js';
import { serve, type TestServer } from '../browsers/server.js';
import { difficultApng } from './animations/apng.js';
import { difficultGif, type GifParts, gifOfParts } from './animations/gif.js';
import { randomOf } from './animations/random.js';
import { difficultWebp } from './animations/webp.js';

/** The parts in use of the browser's own decoder, which TypeScript's types lack. */
declare class ImageDecoder {
  constructor(init: { data: Uint8Array; type: string });
  completed: Promise<void>;
  tracks: { ready: Promise<void>; selectedTrack: { frameCount: number; repetitionCount: number } | null };
  decode(options: { frameIndex: number }): Promise<{ image: VideoFrame }>;
}

let server: TestServer;
beforeAll(async () => {
  server = await serve(import.meta.dirname);
  server.put('/page.html', '<!doctype html><title>frames</title>');
});
afterAll(() => server.close());

/** An animation as a browser decodes it. */
interface Seen {
  width: number;
  height: number;
  /** Milliseconds. */
  durations: number[];
  /** How often it is shown; 0 for ever. */
  loops: number;
  /** RGBA, premultiplied. */
  frames: Uint8Array[];
}

/**
 * This many frames through the browser's own ImageDecoder, each drawn on a canvas. Firefox counts one too many if an animated PNG has a
 * picture that is not a frame.
 */
async function seenBy(driver: Driver, bytes: Uint8Array, type: string, count: number): Promise<Seen> {
  const seen = await driver.evaluate(
    async (text: string, mime: string, most: number) => {
      const data = Uint8Array.from(atob(text), character => character.charCodeAt(0));
      const decoder = new ImageDecoder({ data, type: mime });
      await decoder.completed;
      await decoder.tracks.ready;
      const { frameCount, repetitionCount } = decoder.tracks.selectedTrack!;
      const seen = {
        ...{ width: 0, height: 0, loops: 0 },
        ...{ durations: [] as number[], frames: [] as string[] },
      };
      seen.loops = repetitionCount === Infinity ? 0 : repetitionCount + 1;
      for (let frameIndex = 0; frameIndex < Math.min(frameCount, most); frameIndex++) {
        const { image } = await decoder.decode({ frameIndex });
        seen.width = image.displayWidth;
        seen.height = image.displayHeight;
        seen.durations.push(image.duration! / 1000);
        const canvas = new OffscreenCanvas(seen.width, seen.height);
        const context = canvas.getContext('2d', { willReadFrequently: true })!;
        context.drawImage(image, 0, 0);
        image.close();
        const { data: pixels } = context.getImageData(0, 0, seen.width, seen.height);
        let characters = '';
        for (let i = 0; i < pixels.length; i += 4) {
          const alpha = pixels[i + 3]!;
          for (let c = 0; c < 3; c++)
            characters += String.fromCharCode(Math.round((pixels[i + c]! * alpha) / 255));
          characters += String.fromCharCode(alpha);
        }
        seen.frames.push(btoa(characters));
      }
      return seen;
    },
    Buffer.from(bytes).toString('base64'),
    type,
    count,
  );
  return { ...seen, frames: seen.frames.map(text => Buffer.from(text, 'base64')) };
}

/** RGBA of 8 bits, premultiplied. */
function premultiplied({ width, height, channels, bitDepth, data }: Raster): number[] {
  const scale = 255 / peakOf(bitDepth);
  const colours = channels < 3 ? [0, 0, 0] : [0, 1, 2];
  return Array.from({ length: width * height }, (_, i) => {
    const at = i * channels;
    const alpha = hasAlpha(channels) ? data[at + channels - 1]! * scale : 255;
    return [...colours.map(c => Math.round((data[at + c]! * scale * alpha) / 255)), Math.round(alpha)];
  }).flat();
}

/** The largest difference between two frames, in levels. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  a.length === b.length
    ? Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))
    : Number.POSITIVE_INFINITY;

/** Browsers show frames of at most this duration for 100 ms; their decoders report what the file says. Milliseconds. */
const SHORTEST = 10;
const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1);
/**
 * Levels by which browsers differ from us and each other in overlapping translucent pixels: they round premultiplied colours to 8 bits at
 * each frame.
 */
const ROUNDING = 4;

inEachBrowser(
  'Frames of difficult animations',
  (driver, engine) => {
    beforeAll(() => driver().goto(`${server.origin}/page.html`));

    describe.each([
      ['GIF', 'image/gif', difficultGif, 0],
      ['animated PNG', 'image/png', difficultApng, ROUNDING],
      ['animated WebP', 'image/webp', difficultWebp, ROUNDING],
    ] as const)('match those of the browser: %s', (_, type, make, tolerance) => {
      it.each(SEEDS)('seed %i', async seed => {
        const bytes = await make(randomOf(seed));
        const clip = await readClip(bytes);
        const seen = await seenBy(driver(), bytes, type, clip.names.length);
        const { width, height, durations, loops } = clip;
        expect([width, height, durations, loops]).toEqual([
          seen.width,
          seen.height,
          seen.durations.map(duration => (duration <= SHORTEST ? 100 : duration)),
          seen.loops,
        ]);
        let t = 0;
        for await (const frame of clip.frames())
          expect(apart(premultiplied(frame), [...seen.frames[t]!]), `frame ${++t}`).toBeLessThanOrEqual(
            tolerance,
          );
      });
    });

    const palette = Uint8Array.from([200, 30, 30, 30, 200, 30, 30, 30, 200, 220, 220, 20]);
    const image = (left: number, top: number, width: number, height: number, colour = 1) => ({
      ...{ left, top, width, height, bits: 2, delay: 5 },
      indices: new Array<number>(width * height).fill(colour),
    });
    const whole = image(0, 0, 8, 6, 0);
    const shown = async (parts: Partial<GifParts> & Pick<GifParts, 'images'>) => {
      const bytes = gifOfParts({ width: 8, height: 6, palette, ...parts });
      const { width, height, frames } = await readClip(bytes);
      const ours: number[][] = [];
      for await (const frame of frames()) ours.push(premultiplied(frame));
      const seen = await seenBy(driver(), bytes, 'image/gif', ours.length);
      const theirs = seen.frames.map(frame => [...frame]);
      return { ours, theirs, size: [width, height], theirSize: [seen.width, seen.height] };
    };

    it.each<[string, Partial<GifParts> & Pick<GifParts, 'images'>, number[]]>([
      ['a first image larger than the screen', { images: [image(0, 0, 10, 9), whole] }, [10, 9]],
      ['a screen without pixels', { width: 0, height: 0, images: [image(0, 0, 10, 9), whole] }, [10, 9]],
      ['later images beyond the screen', { images: [whole, image(5, 4, 8, 8), image(20, 1, 2, 2)] }, [8, 6]],
      [
        'reserved disposals',
        { images: [5, 6, 7, 0].map(disposal => ({ ...image(2, 2, 3, 3), disposal })) },
        [8, 6],
      ],
      [
        'images whose disposals are of no use',
        { images: [3, 3, 2, 2].map((disposal, i) => ({ ...image(i, i, 3, 3), disposal })) },
        [8, 6],
      ],
    ])('match those of the browser: a GIF with %s', async (_, parts, size) => {
      const { ours, theirs, ...sizes } = await shown(parts);
      expect(sizes).toEqual({ size, theirSize: size });
      expect(ours).toEqual(theirs);
    });

    it('of a GIF whose first image crosses the edge of the screen grow the screen as in Chromium; Firefox cuts the image off', async () => {
      const { size, theirSize, ours, theirs } = await shown({ images: [image(4, 3, 8, 6), whole] });
      expect(size).toEqual([12, 9]);
      expect(theirSize).toEqual(engine === 'chromium' ? [12, 9] : [8, 6]);
      if (engine === 'chromium') expect(ours).toEqual(theirs);
    });

    it('of a GIF are drawn even if interlaced with one row, as in Chromium; Firefox leaves that out', async () => {
      const { ours, theirs } = await shown({ images: [whole, { ...image(1, 1, 3, 1), interlaced: true }] });
      expect(ours[1]!.slice(4 * 9, 4 * 9 + 4)).toEqual([30, 200, 30, 255]);
      if (engine === 'chromium') expect(ours).toEqual(theirs);
      else expect(theirs[1]).toEqual(ours[0]);
    });

    it('of a GIF with indices outside its palette are black there, as in Chromium; Firefox varies', async () => {
      const { ours, theirs } = await shown({ images: [whole, { ...image(1, 1, 3, 2, 11), bits: 4 }] });
      expect(ours[1]!.slice(4 * 9, 4 * 9 + 4)).toEqual([0, 0, 0, 255]);
      if (engine === 'chromium') expect(ours).toEqual(theirs);
    });

    it('of a GIF may have no pixels, as in Chromium; Firefox gives up there', async () => {
      const empty = gifOfParts({ width: 8, height: 6, palette, images: [whole, image(1, 1, 0, 0), whole] });
      const { names } = await readClip(empty);
      expect(names).toHaveLength(3);
      const seen = seenBy(driver(), empty, 'image/gif', 3);
      if (engine === 'chromium') expect((await seen).frames).toHaveLength(3);
      else await expect(seen).rejects.toThrow();
    });
  },
  { engines: ['chromium', 'firefox'] },
);
