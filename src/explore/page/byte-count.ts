import type { Making } from './making.js';
import type { Model } from './model.js';
import { settingsOf } from './state.js';

/** Files of larger pictures are only made on request, not to count their bytes. */
const MOST_PIXELS = 1_100_000;

/** Returns what counts the bytes of a file of the present rank, unless they are known or would take long. */
export function createByteCount(
  { choices, picture, rank }: Model,
  making: Making,
  onBytes: (rank: number, bytes: number) => void,
): () => Promise<void> {
  return async () => {
    const { parts, size, bytes, generation } = picture.now;
    const at = rank();
    if (!parts?.file || !size || bytes.has(at) || size.width * size.height > MOST_PIXELS) return;
    const counted = await making.count(at, settingsOf(choices.now)).catch(() => undefined);
    if (counted && generation === picture.now.generation) onBytes(at, counted);
  };
}
