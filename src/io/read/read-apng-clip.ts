import { checkPixels } from '../../core/limits.js';
import { hasAlpha, peakOf, type Raster } from '../../core/raster.js';
import { IoError } from '../errors.js';
import { type ApngFrame, apngControl, apngFrames } from '../formats/apng-frames.js';
import { splitChunks } from '../formats/png-chunks.js';
import { convertRaster } from '../raster/convert-raster.js';
import { hidesSomething } from '../raster/without-idle-alpha.js';
import type { Clip } from './clip.js';
import { frameStyle } from './frame-style.js';
import { inFrame } from './in-frame.js';
import { loadPixels, type Opened, openFile, planPixels } from './load.js';
import type { ReadOptions } from './read-image.js';

/** Browsers show frames with shorter delays for 100 ms. */
const LEAST_DELAY = 11;

/**
 * Reads an animated PNG: its frames are PNGs, read like any PNG and composed by the PNG specification, third edition, 11.3.6. RGBA if the
 * file has alpha. If not, it has the channels of the file, unless a frame leaves a part of the picture empty: to find out, all frames are
 * decoded once before they are asked for. Throws IoError DAMAGED, naming the frame, and CodecError LIMIT.
 */
export async function readApngClip(
  opened: Opened,
  bytes: Uint8Array,
  name: string,
  options: ReadOptions,
): Promise<Clip> {
  const chunks = splitChunks(bytes);
  const plan = await inFrame(0, name, () => planPixels(opened, bytes, { ...options, name }));
  const { bitDepth } = plan;
  checkPixels(plan, options.maxPixels);
  const { frames: stated, plays } = apngControl(chunks)!;
  const frames = apngFrames(chunks);
  checkFrames(frames, plan, stated, name);
  const style = await frameStyle(opened, { ...plan, channels: 4 }, options.engine);
  const composed = (): AsyncGenerator<Raster> => compose(frames, plan, name, options);
  const channels = hasAlpha(plan.channels) || (await anyHides(composed())) ? 4 : plan.channels;
  return {
    ...{ width: style.width, height: style.height, channels, bitDepth },
    names: frames.map((_, i) => `${name}, frame ${i + 1}`),
    durations: frames.map(({ delay }) => (delay < LEAST_DELAY ? 100 : delay)),
    loops: plays,
    notes: style.notes,
    async *frames() {
      for await (const frame of composed())
        yield style.finish(
          channels === 4 ? { ...frame, data: frame.data.slice() } : convertRaster(frame, channels, bitDepth),
        );
    },
  };
}

/** Composes frame after frame, RGBA, on one canvas: each raster is overwritten by the next. */
async function* compose(
  frames: readonly ApngFrame[],
  { width, height, bitDepth }: Pick<Raster, 'width' | 'height' | 'bitDepth'>,
  name: string,
  options: ReadOptions,
): AsyncGenerator<Raster, void, undefined> {
  const samples = width * height * 4;
  const canvas = bitDepth === 16 ? new Uint16Array(samples) : new Uint8Array(samples);
  for (const [i, frame] of frames.entries()) {
    const patch = await inFrame(i, name, () => readPatch(frame, bitDepth, name, options));
    // 2: after the frame, the canvas before it comes back; for the first frame that is empty
    const before = frame.disposal === 2 && i > 0 ? canvas.slice() : undefined;
    lay(canvas, width, patch, frame);
    yield { width, height, channels: 4, bitDepth, data: canvas };
    if (before) canvas.set(before);
    else if (frame.disposal > 0) clear(canvas, width, frame);
  }
}

/** Is a pixel of any frame not opaque? */
async function anyHides(frames: AsyncGenerator<Raster>): Promise<boolean> {
  for await (const frame of frames) if (hidesSomething(frame)) return true;
  return false;
}

function checkFrames(
  frames: readonly ApngFrame[],
  { width, height }: Pick<Raster, 'width' | 'height'>,
  stated: number,
  path: string,
): void {
  const outside = frames.findIndex(f => f.left + f.width > width || f.top + f.height > height);
  const empty = frames.findIndex(({ png }) => !png);
  const missing = frames.length < stated ? frames.length : -1;
  const [bad = -1] = [outside, empty, missing].filter(index => index >= 0).sort((a, b) => a - b);
  if (bad < 0) return;
  const what =
    bad === outside
      ? 'reaches beyond the picture'
      : bad === empty
        ? 'has no pixels'
        : `missing, of ${stated}`;
  throw new IoError('DAMAGED', { path, reason: `frame ${bad + 1}: ${what}` });
}

async function readPatch(
  frame: ApngFrame,
  bitDepth: 8 | 16,
  name: string,
  options: ReadOptions,
): Promise<Raster> {
  const png = frame.png!;
  const { raster } = await loadPixels(openFile(png, name), png, { ...options, name });
  return convertRaster(raster, 4, bitDepth);
}

/** Blend operation 0 replaces, 1 blends over (alpha is not premultiplied: PNG specification, 13.16). */
function lay(
  canvas: Uint8Array | Uint16Array,
  width: number,
  patch: Raster,
  { left, top, blend }: ApngFrame,
): void {
  const peak = peakOf(patch.bitDepth);
  for (let y = 0, read = 0; y < patch.height; y++)
    for (let x = 0, write = ((top + y) * width + left) * 4; x < patch.width; x++, read += 4, write += 4) {
      const over = patch.data[read + 3]! / peak;
      const under = blend === 1 ? (canvas[write + 3]! / peak) * (1 - over) : 0;
      const alpha = over + under;
      for (let c = 0; c < 3; c++)
        canvas[write + c] =
          under === 0
            ? patch.data[read + c]!
            : Math.round((patch.data[read + c]! * over + canvas[write + c]! * under) / alpha);
      canvas[write + 3] = Math.round(alpha * peak);
    }
}

function clear(canvas: Uint8Array | Uint16Array, width: number, frame: ApngFrame): void {
  for (let y = 0; y < frame.height; y++) {
    const from = ((frame.top + y) * width + frame.left) * 4;
    canvas.fill(0, from, from + frame.width * 4);
  }
}
