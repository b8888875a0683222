import type { Raster } from '../../core/raster.js';
import { convertRaster } from '../raster/convert-raster.js';
import type { FileWords } from '../words/file-words.js';
import type { Clip } from './clip.js';
import { clipFormat } from './clip-format.js';
import { type FrameStyle, frameStyle } from './frame-style.js';
import { gatherNotes } from './gather-notes.js';
import { inFrame } from './in-frame.js';
import { loadPixels, openFile, planPixels } from './load.js';
import type { LoadPlan } from './loaded.js';
import type { ReadOptions } from './read-image.js';

/** Milliseconds that each page is shown: a TIFF has no timing. */
const UNTIMED = 40;

/** Reads a TIFF of several pages as a clip, without those that are thumbnails. Each page is read when its turn comes, like any picture. Throws IoError, naming the frame. */
export async function readPageClip(
  bytes: Uint8Array,
  name: string,
  { count, pages: numbers = [] }: FileWords,
  options: ReadOptions,
): Promise<Clip> {
  const names = numbers.map((_, i) => `${name}, frame ${i + 1}`);
  const pages: { page: number; plan: LoadPlan; style: FrameStyle }[] = [];
  for (const [i, page] of numbers.entries())
    pages.push(
      await inFrame(i, name, async () => {
        const opened = openFile(bytes, name, page);
        const plan = await planPixels(opened, bytes, { ...options, name, page });
        return { page, plan, style: await frameStyle(opened, plan, options.engine) };
      }),
    );
  const thumbnails = count - numbers.length;
  const format = clipFormat(
    pages.map(({ plan, style }) => ({ ...plan, width: style.width, height: style.height })),
    names.map(() => name),
  );
  const read = async ({ page, style }: (typeof pages)[number]): Promise<Raster> => {
    const { raster } = await loadPixels(openFile(bytes, name, page), bytes, { ...options, name, page });
    return style.finish(raster);
  };
  return {
    ...format,
    names,
    durations: names.map(() => UNTIMED),
    loops: 0,
    notes: [
      ...(thumbnails > 0 ? [`its thumbnails are not kept: ${thumbnails} of ${count} pages`] : []),
      ...gatherNotes(pages.map(({ style }) => style.notes)),
    ],
    async *frames() {
      for (const [i, page] of pages.entries())
        yield convertRaster(await inFrame(i, name, () => read(page)), format.channels, format.bitDepth);
    },
  };
}
