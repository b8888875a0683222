import { createRequire } from 'node:module';
import type { APNG, Frame } from 'apng-js';
import { checkPixels } from '../../core/limits.js';
import type { Raster } from '../../core/raster.js';
import { IoError, oneLine } from '../errors.js';
import { splitChunks } from '../formats/png-chunks.js';
import { convertRaster } from '../raster/convert-raster.js';
import type { Clip } from './clip.js';
import { type ReadOptions, readImage } from './read-image.js';

// a CommonJS module with a default export of its own: an import of it differs between Node and bundlers
const { default: parseChunks } = createRequire(import.meta.url)('apng-js') as {
  default(png: ArrayBuffer): APNG | Error;
};

/** How many frames an animated PNG says it has; 0 for any other PNG. */
export function apngFrames(bytes: Uint8Array): number {
  const control = splitChunks(bytes).find(({ type }) => type === 'acTL' || type === 'IDAT');
  if (control?.type !== 'acTL' || control.data.length !== 8) return 0;
  return new DataView(control.data.buffer, control.data.byteOffset).getUint32(0);
}

/**
 * An animated PNG: apng-js takes it apart into PNGs, which are read as any PNG is and laid over each other as the PNG
 * specification, third edition, 11.3.6 says. Always RGBA with 8 bits. Throws IoError DAMAGED, naming the frame.
 */
export async function readApng(bytes: Uint8Array, name: string, options: ReadOptions): Promise<Clip> {
  const animation = parse(bytes, name);
  const { width, height, frames, numPlays } = animation;
  checkPixels({ width, height }, options.maxPixels);
  return {
    width,
    height,
    channels: 4,
    bitDepth: 8,
    names: frames.map((_, i) => `${name}, frame ${i + 1}`),
    durations: frames.map(frame => frame.delay),
    loops: numPlays,
    notes: [],
    async *frames() {
      const canvas = new Uint8Array(width * height * 4);
      for (const [i, frame] of frames.entries()) {
        const patch = await readPatch(frame, i, name, options);
        // 2: what was there before comes back after the frame; for the first frame that is nothing
        const before = frame.disposeOp === 2 && i > 0 ? canvas.slice() : undefined;
        lay(canvas, width, patch, frame);
        yield { width, height, channels: 4, bitDepth: 8, data: canvas.slice() };
        if (before) canvas.set(before);
        else if (frame.disposeOp > 0) clear(canvas, width, frame);
      }
    },
  };
}

function parse(bytes: Uint8Array, name: string): APNG {
  const stated = apngFrames(bytes);
  let animation: APNG | Error;
  try {
    animation = parseChunks(new Uint8Array(bytes).buffer);
  } catch (error) {
    animation = error as Error;
  }
  if (animation instanceof Error)
    throw new IoError('DAMAGED', {
      path: name,
      reason: `frame 1: its chunks cannot be read: ${oneLine(animation)}`,
      cause: animation,
    });
  const { frames, width, height } = animation;
  const outside = frames.findIndex(f => f.left + f.width > width || f.top + f.height > height);
  const bad = outside >= 0 ? outside : frames.length < stated ? frames.length : -1;
  if (bad >= 0)
    throw new IoError('DAMAGED', {
      path: name,
      reason: `frame ${bad + 1}: ${outside >= 0 ? 'reaches beyond the picture' : `missing, of ${stated}`}`,
    });
  return animation;
}

async function readPatch(frame: Frame, index: number, name: string, options: ReadOptions): Promise<Raster> {
  try {
    const png = new Uint8Array(await frame.imageData!.arrayBuffer());
    const { raster } = await readImage(png, { ...options, strip: true, name });
    if (raster.width !== frame.width || raster.height !== frame.height) throw new Error('its size is wrong');
    return convertRaster(raster, 4, 8);
  } catch (cause) {
    const reason = cause instanceof IoError ? cause.reason : oneLine(cause);
    throw new IoError('DAMAGED', { path: name, reason: `frame ${index + 1}: ${reason}`, cause });
  }
}

/** Blend operation 0 replaces, 1 lays over (alpha is not premultiplied: PNG specification, 13.16). */
function lay(canvas: Uint8Array, width: number, patch: Raster, { left, top, blendOp }: Frame): void {
  for (let y = 0, read = 0; y < patch.height; y++)
    for (let x = 0, write = ((top + y) * width + left) * 4; x < patch.width; x++, read += 4, write += 4) {
      const over = patch.data[read + 3]! / 255;
      const under = blendOp === 1 ? (canvas[write + 3]! / 255) * (1 - over) : 0;
      const alpha = over + under;
      for (let c = 0; c < 3; c++)
        canvas[write + c] =
          under === 0
            ? patch.data[read + c]!
            : Math.round((patch.data[read + c]! * over + canvas[write + c]! * under) / alpha);
      canvas[write + 3] = Math.round(alpha * 255);
    }
}

function clear(canvas: Uint8Array, width: number, frame: Frame): void {
  for (let y = 0; y < frame.height; y++) {
    const from = ((frame.top + y) * width + frame.left) * 4;
    canvas.fill(0, from, from + frame.width * 4);
  }
}
