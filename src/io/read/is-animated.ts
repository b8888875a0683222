import { loadSharp } from '../engine.js';
import { readBytes } from '../files/read-bytes.js';
import { sniff } from '../formats/sniff.js';
import { apngFrames } from './read-apng.js';

/** Does a file hold several frames: an animated GIF, WebP or PNG, or a TIFF of several pages? False where it cannot be told. Throws IoError as `readBytes`. */
export async function isAnimated(path: string): Promise<boolean> {
  const bytes = await readBytes(path);
  const format = sniff(bytes);
  if (format === 'png') return apngFrames(bytes) > 1;
  if (format !== 'gif' && format !== 'webp' && format !== 'tiff') return false;
  const sharp = await loadSharp();
  const header = await sharp?.(bytes, { pages: -1, limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  return (header?.pages ?? 1) > 1;
}
