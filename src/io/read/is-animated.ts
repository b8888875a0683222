import { type SniffedFormat, sniff } from '../formats/sniff.js';
import { wordsOf } from '../words/words-of.js';

/** Formats that may hold several readable frames. */
const ANIMATED: (SniffedFormat | undefined)[] = ['png', 'webp', 'gif', 'tiff'];

/** May a file that begins like this, with SNIFF_BYTES bytes or all, hold several frames? */
export const mayBeAnimated = (head: Uint8Array): boolean => ANIMATED.includes(sniff(head));

/**
 * Does a file hold several frames: an animated GIF, WebP or PNG, or (with `pages`) a TIFF of several pages, beside thumbnails? An animated AVIF does not
 * count: its frames cannot be read.
 */
export function isAnimated(bytes: Uint8Array, { pages = false } = {}): boolean {
  const format = sniff(bytes);
  if (!format || !ANIMATED.includes(format)) return false;
  const words = wordsOf(format, bytes);
  return words.animated || (pages && (words.pages?.length ?? 1) > 1);
}
