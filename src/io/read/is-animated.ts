import { sniff } from '../formats/sniff.js';
import { wordsOf } from '../words/words-of.js';

/** Do the bytes of a file hold several frames: an animated GIF, WebP or PNG, or (with `pages`) a TIFF of several pages? An animated AVIF is none: its frames cannot be read. */
export function isAnimated(bytes: Uint8Array, { pages = false } = {}): boolean {
  const format = sniff(bytes);
  if (!format || format === 'svg' || format === 'jpeg' || format === 'avif' || format === 'heif')
    return false;
  const { animated, count } = wordsOf(format, bytes);
  return animated || (pages && format === 'tiff' && count > 1);
}
