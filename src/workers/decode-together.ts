import type { DecodeOptions } from '../decode/index.js';
import type { Picture } from '../decode/options.js';
import { decodeInParts } from '../decode/parts/decode-in-parts.js';
import { readHeader } from '../format/read-header.js';
import { shareMemory, workTogether } from './part-threads.js';

/**
 * By number of threads, the pixels from which a file is decoded in parts; the last also for more threads. It takes half of the memory but,
 * over all threads, half as much processor time again.
 */
const LEAST = [2 ** 24, 2 ** 23, 2 ** 21];

/**
 * `decode` of a whole file in parts by several threads, this one among them: the same samples, in shared memory. `tell` is called with the
 * share done, 0 to 1. Undefined if that is impossible, or no better than decoding the file as a whole.
 */
export function decodeTogether(
  bytes: Uint8Array,
  options: DecodeOptions,
  threads: number,
  tell?: (done: number) => void,
): Picture | undefined {
  const { width, height } = readHeader(bytes).header;
  if (width * height < LEAST[Math.min(threads, LEAST.length) - 1]!) return undefined;
  shareMemory(threads);
  const { signal: _, ...rest } = options;
  let before = 0;
  return decodeInParts(bytes, rest, work => {
    workTogether(work, threads, (done, count) => tell?.(before + done / count / 2));
    before = 0.5;
  });
}
