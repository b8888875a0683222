import type { Raster, SampleCount } from '../../core/raster.js';
import { loadSharp } from '../engine.js';
import { IoError, oneLine } from '../errors.js';
import { readBytes } from '../files/read-bytes.js';
import { isLrk } from '../formats/sniff.js';
import { convertRaster } from '../raster/convert-raster.js';
import type { Clip } from './clip.js';
import { type ReadOptions, readImage } from './read-image.js';

/** What a frame's header says. */
type Format = Pick<Raster, 'width' | 'height' | 'channels' | 'bitDepth'>;

/**
 * A clip of files of one frame each. Every header is read now, every picture when its turn comes. Throws IoError FRAMES where a
 * frame has another size than the first, or is itself an animation, and those of `readImage`.
 */
export async function readFrameFiles(
  paths: readonly string[],
  milliseconds: number,
  options: ReadOptions,
): Promise<Clip> {
  const formats: Format[] = [];
  for (const [i, path] of paths.entries()) {
    const format = await inFrame(i, path, () => readFormat(path, options));
    const first = formats[0] ?? format;
    if (format.width !== first.width || format.height !== first.height)
      throw new IoError('FRAMES', {
        path,
        reason: `frame ${i + 1}: ${format.width} x ${format.height} pixels, where frame 1 has ${first.width} x ${first.height}`,
      });
    formats.push(format);
  }
  const { width, height } = formats[0]!;
  const bitDepth = formats.some(format => format.bitDepth === 16) ? 16 : 8;
  const colour = formats.some(format => format.channels > 2) ? 3 : 1;
  const alpha = formats.some(format => format.channels % 2 === 0) ? 1 : 0;
  const channels = (colour + alpha) as SampleCount;
  return {
    width,
    height,
    channels,
    bitDepth,
    names: [...paths],
    durations: paths.map(() => milliseconds),
    loops: 0,
    notes: [],
    async *frames() {
      for (const [i, path] of paths.entries()) {
        const { raster } = await inFrame(i, path, () => readImage(path, options));
        if (raster.width !== width || raster.height !== height)
          throw new IoError('FRAMES', {
            path,
            reason: `frame ${i + 1}: has changed since its header was read`,
          });
        yield convertRaster(raster, channels, bitDepth);
      }
    },
  };
}

/** What `read` gives; what it throws says which frame it is. */
async function inFrame<T>(index: number, path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const [code, reason] =
      cause instanceof IoError ? [cause.code, cause.reason] : (['DAMAGED', oneLine(cause)] as const);
    throw new IoError(code, { path, reason: `frame ${index + 1}: ${reason}`, cause });
  }
}

/** Size and format by the header alone where sharp reads it, else by the picture. */
async function readFormat(path: string, options: ReadOptions): Promise<Format> {
  const bytes = await readBytes(path);
  const sharp = isLrk(bytes) || bytes.length === 0 ? undefined : await loadSharp(options.engine);
  if (!sharp) return (await readImage(bytes, { ...options, name: path })).raster;
  let header: import('sharp').Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    return (await readImage(bytes, { ...options, name: path })).raster; // which says what is wrong
  }
  const { pages = 1, autoOrient, space, hasAlpha, depth } = header;
  if (pages > 1)
    throw new IoError('FRAMES', {
      path,
      reason: `has ${pages} frames itself: an animation is a clip of its own`,
    });
  const colour = space === 'b-w' || space === 'grey16' ? 1 : 3;
  return {
    width: autoOrient.width,
    height: autoOrient.height,
    channels: (colour + (hasAlpha ? 1 : 0)) as SampleCount,
    bitDepth: depth === 'uchar' ? 8 : 16,
  };
}
