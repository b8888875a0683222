import { isSequence } from '../../sequence/is-sequence.js';
import { IoError } from '../errors.js';
import { readBytes } from '../files/read-bytes.js';
import { isLrk } from '../formats/sniff.js';
import { convertRaster } from '../raster/convert-raster.js';
import type { Clip } from './clip.js';
import { clipFormat, type FrameFormat } from './clip-format.js';
import { type FrameStyle, frameStyle } from './frame-style.js';
import { gatherNotes } from './gather-notes.js';
import { inFrame } from './in-frame.js';
import { loadPixels, openFile, planPixels } from './load.js';
import type { Loaded } from './loaded.js';
import { type ReadOptions, readImage } from './read-image.js';

/** A frame whose header has been read. */
interface Planned {
  format: FrameFormat;
  notes: string[];
}

/**
 * A clip of files with one frame each. All headers are read now, each picture when its turn comes. Throws IoError FRAMES if a frame differs
 * in size from the first or is itself an animation or a sequence, and what `readImage` throws.
 */
export async function readFrameFiles(
  paths: readonly string[],
  milliseconds: number,
  options: ReadOptions,
): Promise<Clip> {
  const planned: Planned[] = [];
  for (const [i, path] of paths.entries()) {
    planned.push(await inFrame(i, path, () => planFile(path, options)));
    clipFormat(
      planned.map(({ format }) => format),
      paths,
    );
  }
  const format = clipFormat(
    planned.map(frame => frame.format),
    paths,
  );
  const notes = gatherNotes(planned.map(frame => frame.notes));
  return {
    ...format,
    names: [...paths],
    durations: paths.map(() => milliseconds),
    loops: 0,
    notes,
    async *frames() {
      for (const [i, path] of paths.entries()) {
        const { raster, damage } = await inFrame(i, path, () => readFile(path, options));
        const note = damage && `frame ${i + 1}: ${damage}`;
        if (note && !notes.includes(note)) notes.push(note);
        if (raster.width !== format.width || raster.height !== format.height)
          throw new IoError('FRAMES', {
            path,
            reason: `frame ${i + 1}: has changed since its header was read`,
          });
        yield convertRaster(raster, format.channels, format.bitDepth);
      }
    },
  };
}

async function planFile(path: string, options: ReadOptions): Promise<Planned> {
  const bytes = await readBytes(path);
  if (isSequence(bytes))
    throw new IoError('FRAMES', {
      path,
      reason: 'a sequence itself: decode it to frames or an animation first',
    });
  if (isLrk(bytes)) {
    const { raster, notes } = await readImage(bytes, { ...options, name: path });
    return { format: raster, notes };
  }
  const { style, plan, count } = await open(bytes, path, options);
  if (count > 1)
    throw new IoError('FRAMES', {
      path,
      reason: `has ${count} frames itself: an animation is a clip of its own`,
    });
  const { channels, bitDepth } = plan;
  return { format: { width: style.width, height: style.height, channels, bitDepth }, notes: style.notes };
}

async function open(bytes: Uint8Array, path: string, options: ReadOptions) {
  const opened = openFile(bytes, path);
  const plan = await planPixels(opened, bytes, { ...options, name: path });
  const style: FrameStyle = await frameStyle(opened, plan, options.engine);
  return { opened, plan, style, count: opened.words.pages?.length ?? opened.words.count };
}

async function readFile(path: string, options: ReadOptions): Promise<Pick<Loaded, 'raster' | 'damage'>> {
  const bytes = await readBytes(path);
  if (isLrk(bytes)) return readImage(bytes, { ...options, name: path });
  const { opened, style } = await open(bytes, path, options);
  const loaded = await loadPixels(opened, bytes, { ...options, name: path });
  return { ...loaded, raster: await style.finish(loaded.raster) };
}
