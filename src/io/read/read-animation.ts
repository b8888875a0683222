import { checkPixels } from '../../core/limits.js';
import type { Raster, SampleCount } from '../../core/raster.js';
import type { SharpFunction } from '../engine.js';
import { IoError, oneLine } from '../errors.js';
import { gifFrames } from '../formats/gif-frames.js';
import { convertRaster } from '../raster/convert-raster.js';
import type { Clip } from './clip.js';

/** Shown for this long where a file of several pages has no timing (TIFF), milliseconds. */
const UNTIMED = 40;

/** Throws IoError DAMAGED, naming the first frame at fault. All frames are decoded at once: each may build on the one before. */
export async function readAnimation(
  sharp: SharpFunction,
  bytes: Uint8Array,
  name: string,
  maxPixels: number,
): Promise<Clip> {
  const header = await sharp(bytes, { pages: -1, limitInputPixels: false })
    .metadata()
    .catch(cause => {
      throw new IoError('DAMAGED', {
        path: name,
        reason: `its header cannot be read: ${oneLine(cause)}`,
        cause,
      });
    });
  const { width, pages = 1, pageHeight: height = header.height, delay, loop = 0, depth, space } = header;
  checkPixels({ width, height: height * pages }, maxPixels);
  if (header.format === 'gif') {
    const { frames, damaged } = gifFrames(bytes);
    if (damaged)
      throw new IoError('DAMAGED', { path: name, reason: `frame ${frames + 1}: the file breaks off` });
  }
  const bitDepth = depth === 'ushort' ? 16 : 8;
  const first = await readPages(sharp, bytes, pages, bitDepth, space).catch(async cause => {
    const frame = await firstDamaged(sharp, bytes, pages);
    throw new IoError('DAMAGED', { path: name, reason: `frame ${frame}: ${oneLine(cause)}`, cause });
  });
  const all = withoutIdleAlpha({ ...first, width, height: height * pages, bitDepth });
  const size = width * height * all.channels;
  const durations = Array.from({ length: pages }, (_, i) => delay?.[i] ?? UNTIMED);
  return {
    width,
    height,
    channels: all.channels,
    bitDepth,
    names: durations.map((_, i) => `${name}, frame ${i + 1}`),
    durations,
    loops: loop,
    notes: [],
    async *frames() {
      for (let i = 0; i < pages; i++)
        yield { ...all, height, data: all.data.subarray(i * size, (i + 1) * size) };
    },
  };
}

/** The first `pages` pages below each other. */
async function readPages(
  sharp: SharpFunction,
  bytes: Uint8Array,
  pages: number,
  bitDepth: 8 | 16,
  space: string,
): Promise<Pick<Raster, 'data' | 'channels'>> {
  let image = sharp(bytes, { pages, limitInputPixels: false, failOn: 'error' });
  const grey = space === 'b-w' || space === 'grey16';
  if (bitDepth === 16) image = image.toColourspace(grey ? 'grey16' : 'rgb16');
  else if (grey) image = image.toColourspace('b-w');
  const { data, info } = await image
    .raw({ depth: bitDepth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    channels: info.channels as SampleCount,
    data:
      bitDepth === 16
        ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
        : new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

/** The first frame up to which the file cannot be read, from 1. */
async function firstDamaged(sharp: SharpFunction, bytes: Uint8Array, pages: number): Promise<number> {
  let [good, bad] = [0, pages];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const reads = await readPages(sharp, bytes, middle, 8, '').then(
      () => true,
      () => false,
    );
    if (reads) good = middle;
    else bad = middle;
  }
  return bad;
}

/** Loaders make up an alpha channel for animations: it goes where it hides nothing. */
function withoutIdleAlpha(raster: Raster): Raster {
  const { channels, data, bitDepth } = raster;
  if (channels % 2 === 1) return raster;
  const opaque = bitDepth === 16 ? 65_535 : 255;
  for (let i = channels - 1; i < data.length; i += channels) if (data[i] !== opaque) return raster;
  return convertRaster(raster, (channels - 1) as SampleCount, bitDepth);
}
