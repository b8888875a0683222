import type { Raster } from '../../core/raster.js';
import { convertRaster } from '../raster/convert-raster.js';
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

/** Reads a TIFF of several pages as a clip. Each page is read when its turn comes, like any picture. Throws IoError, naming the frame. */
export async function readPageClip(
  bytes: Uint8Array,
  name: string,
  count: number,
  options: ReadOptions,
): Promise<Clip> {
  const names = Array.from({ length: count }, (_, i) => `${name}, frame ${i + 1}`);
  const pages: { plan: LoadPlan; style: FrameStyle }[] = [];
  for (let page = 0; page < count; page++)
    pages.push(
      await inFrame(page, name, async () => {
        const opened = openFile(bytes, name, page);
        const plan = await planPixels(opened, bytes, { ...options, name, page });
        return { plan, style: await frameStyle(opened, plan, options.engine) };
      }),
    );
  const format = clipFormat(
    pages.map(({ plan, style }) => ({ ...plan, width: style.width, height: style.height })),
    names.map(() => name),
  );
  const read = async (page: number): Promise<Raster> => {
    const { raster } = await loadPixels(openFile(bytes, name, page), bytes, { ...options, name, page });
    return pages[page]!.style.finish(raster);
  };
  return {
    ...format,
    names,
    durations: names.map(() => UNTIMED),
    loops: 0,
    notes: gatherNotes(pages.map(({ style }) => style.notes)),
    async *frames() {
      for (let page = 0; page < count; page++)
        yield convertRaster(await inFrame(page, name, () => read(page)), format.channels, format.bitDepth);
    },
  };
}
