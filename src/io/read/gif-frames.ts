import { checkPixels } from '../../core/limits.js';
import type { Raster } from '../../core/raster.js';
import { IoError } from '../errors.js';
import { type GifFrame, type GifStructure, readGif } from '../formats/gif-blocks.js';
import { decodeCodes } from '../formats/gif-codes.js';
import { unsupported } from './refusals.js';

/** The blocks of a GIF that has a frame to show. Throws IoError DAMAGED, naming the first incomplete frame, and CodecError LIMIT. */
export function openGif(bytes: Uint8Array, name: string, maxPixels: number): GifStructure {
  const gif = readGif(bytes);
  if (gif.fault) throw damaged(name, gif.frames.length, gif.fault);
  if (gif.width === 0 || gif.height === 0) throw unsupported(name, 'a GIF whose screen has no pixels');
  checkPixels(gif, maxPixels);
  return gif;
}

const damaged = (path: string, index: number, what: string): IoError =>
  new IoError('DAMAGED', { path, reason: `frame ${index + 1}: ${what}` });

/**
 * The frames of a GIF as browsers show them, one after the other: RGBA on a screen that is transparent where nothing was drawn, whatever
 * the background colour. All frames share one screen, which the next overwrites. Throws IoError DAMAGED, naming the frame.
 */
export function* gifFrames(gif: GifStructure, name: string): Generator<Raster, void, undefined> {
  const { width, height, frames } = gif;
  const screen: Raster = {
    ...{ width, height, channels: 4, bitDepth: 8 },
    data: new Uint8Array(4 * width * height),
  };
  for (const [index, frame] of frames.entries()) {
    const before = frame.disposal === 3 && index + 1 < frames.length ? screen.data.slice() : undefined;
    drawGifFrame(screen, frame, name, index);
    yield screen;
    if (before) screen.data.set(before);
    else if (frame.disposal === 2) clear(screen, frame);
  }
}

/** Draws a frame, number `index` from 0, on the screen, which has 3 or 4 channels. Throws IoError DAMAGED. */
export function drawGifFrame(screen: Raster, frame: GifFrame, name: string, index: number): void {
  const { width, height, channels, data } = screen;
  const { left, top, palette, transparent } = frame;
  const columns = Math.min(width - left, frame.width);
  const outcome = decodeCodes(frame, (y, row) => {
    if (top + y >= height) return;
    let at = channels * ((top + y) * width + left);
    for (let x = 0; x < columns; x++, at += channels) {
      const colour = row[x]!;
      if (colour === transparent) continue;
      for (let c = 0; c < 3; c++) data[at + c] = palette[3 * colour + c] ?? 0;
      if (channels === 4) data[at + 3] = 255;
    }
  });
  if (outcome !== 'whole')
    throw damaged(
      name,
      index,
      outcome === 'short' ? 'its pixels are not all there' : 'its codes make no sense',
    );
}

function clear({ width, height, data }: Raster, frame: GifFrame): void {
  const right = Math.min(width, frame.left + frame.width);
  const bottom = Math.min(height, frame.top + frame.height);
  for (let y = frame.top; y < bottom; y++)
    if (right > frame.left) data.fill(0, 4 * (y * width + frame.left), 4 * (y * width + right));
}
