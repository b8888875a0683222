import { checkPixels } from '../../core/limits.js';
import type { Raster } from '../../core/raster.js';
import { IoError } from '../errors.js';
import { type GifFrame, type GifStructure, readGif } from '../formats/gif-blocks.js';
import { decodeCodes } from '../formats/gif-codes.js';
import { unsupported } from './refusals.js';

/** The blocks of a GIF that has a frame to show. Throws IoError DAMAGED, naming the first frame that is not whole, and CodecError LIMIT. */
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
 * The frames of a GIF as browsers show them, one after the other: RGBA on a screen that is transparent where nothing was drawn, whatever the
 * background colour. Each is a raster of its own. Throws IoError DAMAGED, naming the frame.
 */
export function* gifFrames(gif: GifStructure, name: string): Generator<Raster, void, undefined> {
  const { width, height, frames } = gif;
  const screen = new Uint8Array(4 * width * height);
  for (const [index, frame] of frames.entries()) {
    const before = frame.disposal === 3 ? screen.slice() : undefined;
    const decoded = decodeCodes(frame);
    if (!decoded?.whole)
      throw damaged(name, index, decoded ? 'its pixels are not all there' : 'its codes make no sense');
    draw(screen, gif, frame, decoded.indices);
    yield { width, height, channels: 4, bitDepth: 8, data: screen.slice() };
    if (before) screen.set(before);
    else if (frame.disposal === 2) clear(screen, gif, frame);
  }
}

/** The part of a frame that lies on the screen. */
const onScreen = ({ width, height }: GifStructure, frame: GifFrame): { right: number; bottom: number } => ({
  right: Math.min(width, frame.left + frame.width),
  bottom: Math.min(height, frame.top + frame.height),
});

function draw(screen: Uint8Array, gif: GifStructure, frame: GifFrame, indices: Int16Array): void {
  const { right, bottom } = onScreen(gif, frame);
  const { palette, transparent } = frame;
  for (let y = frame.top; y < bottom; y++)
    for (let x = frame.left; x < right; x++) {
      const index = indices[(y - frame.top) * frame.width + x - frame.left]!;
      if (index === transparent) continue;
      const at = 4 * (y * gif.width + x);
      for (let c = 0; c < 3; c++) screen[at + c] = palette[3 * index + c] ?? 0;
      screen[at + 3] = 255;
    }
}

function clear(screen: Uint8Array, gif: GifStructure, frame: GifFrame): void {
  const { right, bottom } = onScreen(gif, frame);
  for (let y = frame.top; y < bottom; y++)
    if (right > frame.left) screen.fill(0, 4 * (y * gif.width + frame.left), 4 * (y * gif.width + right));
}
