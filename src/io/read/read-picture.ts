import { hasAlpha, type Raster } from '../../core/raster.js';
import { turn } from '../raster/turn.js';
import { finish } from './finish.js';
import type { ImageInput } from './image-input.js';
import { type LoadOptions, loadPixels, openFile } from './load.js';

/** A picture with its notes apart: those about metadata do not matter if the metadata is left out. */
export interface Picture extends Omit<ImageInput, 'notes'> {
  pictureNotes: string[];
  metadataNotes: string[];
  profileNote?: string;
}

/**
 * The one reader of pictures: identifies the file, loads its pixels, and decides what is kept. Whether a file becomes a picture, a frame or
 * a page, it is read here. Throws IoError UNSUPPORTED and DAMAGED, CodecError EMPTY and LIMIT.
 */
export async function readPicture(bytes: Uint8Array, options: LoadOptions): Promise<Picture> {
  const opened = openFile(bytes, options.name, options.page);
  const { raster, plan, damage } = await loadPixels(opened, bytes, options);
  const finished = finish(opened.words, plan, opened.format);
  if (damage) finished.pictureNotes.push(damage);
  if (opened.format === 'svg' && isBlank(raster))
    finished.pictureNotes.push('nothing is visible: every pixel is transparent');
  return {
    raster: turn(raster, opened.words.orientation),
    format: opened.format === 'avif' ? 'heif' : opened.format,
    ...finished,
  };
}

function isBlank({ channels, data }: Raster): boolean {
  if (!hasAlpha(channels)) return false;
  for (let i = channels - 1; i < data.length; i += channels) if (data[i] !== 0) return false;
  return true;
}
