import { type CodedPicture, codedPicture, type Subject } from '../rd/coded.js';
import type { Figure } from '../rd/figures.js';

/**
 * The picture through a codec with qualities from 1 to 100: its smallest file of at least this many bytes, so that it is never at a
 * disadvantage; its largest file if all are smaller.
 */
export async function atLeast(
  subject: Subject,
  codec: string,
  bytes: number,
  figures: readonly Figure[],
  cache: string,
): Promise<CodedPicture & { quality: number }> {
  const code = (quality: number): Promise<CodedPicture> => codedPicture(subject, codec, quality, [], cache);
  let low = 0;
  let high = 100;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((await code(middle)).bytes >= bytes) high = middle;
    else low = middle;
  }
  return { ...(await codedPicture(subject, codec, high, figures, cache)), quality: high };
}
