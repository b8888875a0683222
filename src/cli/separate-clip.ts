import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipData, FrameData } from '../clip-page/clip-data.js';
import { clipPage } from '../clip-page/clip-page.js';
import { maskUrl, pictureUrl } from '../clip-page/data-url.js';
import type { Raster } from '../core/raster.js';
import { asWriteError } from '../io/files/write-error.js';
import { encodeImage } from '../io/index.js';
import type { Clip } from '../io/read/clip.js';
import type { SeparateOptions } from '../separation/options.js';
import { separate } from '../separation/separate.js';
import { separateOnline } from '../separation/separate-online.js';
import type { SeparatedFrame } from '../separation/separated-frame.js';

/** Names of the outputs of a separation. */
export const SEPARATION_NAMES = ['background.png', 'masks', 'foreground', 'page.html'] as const;

/** A page with more frames would be too large to open; it gets the first ones. */
const PAGE_FRAMES = 300;

/** Share of the work that separating the frames takes. */
const SEPARATED = 0.7;

/** A frame beside its separation. */
interface Taken extends SeparatedFrame {
  original: Raster;
}

type Options = Required<Pick<SeparateOptions, 'method' | 'rank' | 'onProgress'>>;

/** A separation whose first frame is done. */
interface Begun {
  /**
   * Writes everything into `folder`, which must exist and contain none of SEPARATION_NAMES. Returns the mean share of foreground. Throws
   * IoError WRITE, naming `output`, where `folder` will be moved.
   */
  writeTo(folder: string, title: string, output: string): Promise<number>;
}

/** Separates a clip up to its first frame. With 'svd' and 'rpca' that is all of the computing, in one go; nothing has been written yet. */
export async function beginSeparation(clip: Clip, options: Options): Promise<Begun> {
  const parts = taken(clip, options);
  const first = await parts.next();
  return {
    async writeTo(folder, title, output) {
      const put = (name: string, content: Uint8Array | string): Promise<void> =>
        writeFile(join(folder, name), content).catch(error => {
          throw asWriteError(output, error);
        });
      return writeParts(clip, parts, first, put, title, options);
    },
  };
}

async function writeParts(
  clip: Clip,
  parts: ReturnType<typeof taken>,
  first: IteratorResult<Taken, Raster>,
  put: (name: string, content: Uint8Array | string) => Promise<void>,
  title: string,
  { method, rank, onProgress }: Options,
): Promise<number> {
  const { width, height } = clip;
  const total = clip.names.length;
  const digits = Math.max(4, String(total).length);
  const frames: FrameData[] = [];
  let masked = 0;
  let part = first;
  for (; !part.done; part = await parts.next()) {
    const { index, original, background, foreground, mask } = part.value;
    const name = `${String(index + 1).padStart(digits, '0')}.png`;
    const share = mask.reduce((sum, value) => sum + value, 0) / mask.length;
    masked += share / total;
    await put(join('masks', name), (await encodeImage(maskRaster(mask, width))).bytes);
    await put(join('foreground', name), (await encodeImage(foreground)).bytes);
    if (index < PAGE_FRAMES)
      frames.push({
        duration: clip.durations[index]!,
        share,
        original: await pictureUrl(original),
        background: await pictureUrl(background),
        mask: await maskUrl(mask, width),
      });
    const done = (index + 1) / total;
    onProgress(method === 'online' ? done : SEPARATED + (1 - SEPARATED) * done);
  }
  await put('background.png', (await encodeImage(part.value)).bytes);
  const data: ClipData = { title, width, height, method, rank, total, frames };
  await put('page.html', await clipPage(data));
  return masked;
}

/** The frames in order; returns the background. */
async function* taken(
  clip: Clip,
  { method, rank, onProgress }: Options,
): AsyncGenerator<Taken, Raster, undefined> {
  const waiting: Raster[] = [];
  const read = async function* (): AsyncGenerator<Raster> {
    for await (const frame of clip.frames()) {
      waiting.push(frame);
      yield frame;
    }
  };
  if (method === 'online') {
    const parts = separateOnline(read(), { rank });
    let part = await parts.next();
    for (; !part.done; part = await parts.next()) yield { ...part.value, original: waiting.shift()! };
    return part.value;
  }
  for await (const _ of read());
  const { background, frames } = separate(waiting, {
    method,
    rank,
    onProgress: done => onProgress(SEPARATED * done),
  });
  for (const frame of frames) yield { ...frame, original: waiting[frame.index]! };
  return background;
}

function maskRaster(mask: Uint8Array, width: number): Raster {
  const data = mask.map(value => 255 * value);
  return { width, height: mask.length / width, channels: 1, bitDepth: 8, data };
}
