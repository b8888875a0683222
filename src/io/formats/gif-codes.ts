import type { GifFrame } from './gif-blocks.js';

/** Codes have 12 bits at most. */
const MAX_CODES = 4096;

/**
 * The colour indices of a GIF's image, row after row. GIF89a, appendix F. Undefined where the codes make no sense or end before
 * the first pixel; where they end later, the rest is -1, and `whole` is false.
 */
export function decodeCodes({
  width,
  height,
  codeSize,
  codes,
  interlaced,
}: GifFrame): { indices: Int16Array; whole: boolean } | undefined {
  if (codeSize < 1 || codeSize > 11) return undefined;
  const pixels = width * height;
  if (pixels === 0) return { indices: new Int16Array(), whole: true };
  const indices = new Int16Array(pixels).fill(-1);
  const clear = 1 << codeSize;
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const stack = new Uint8Array(MAX_CODES + 1);
  for (let i = 0; i < clear; i++) suffix[i] = i;
  let [size, next, previous, first] = [codeSize + 1, clear + 2, -1, 0];
  let [bits, held, at] = [0, 0, 0];
  reading: for (const block of codes)
    for (const byte of block) {
      bits |= byte << held;
      held += 8;
      while (held >= size) {
        const code = bits & ((1 << size) - 1);
        bits >>>= size;
        held -= size;
        if (code === clear) {
          [size, next, previous] = [codeSize + 1, clear + 2, -1];
          continue;
        }
        if (code === clear + 1 || at >= pixels) break reading;
        if (code > next || (code === next && previous < 0) || (previous < 0 && code > clear))
          return undefined;
        let [top, entry] = [0, code];
        if (code === next) {
          stack[top++] = first;
          entry = previous;
        }
        while (entry > clear) {
          stack[top++] = suffix[entry]!;
          entry = prefix[entry]!;
        }
        first = suffix[entry]!;
        stack[top++] = first;
        while (top > 0 && at < pixels) indices[at++] = stack[--top]!;
        if (previous >= 0 && next < MAX_CODES) {
          prefix[next] = previous;
          suffix[next++] = first;
          if (next === 1 << size && size < 12) size++;
        }
        previous = code;
      }
    }
  if (at === 0) return undefined;
  return { indices: interlaced ? inOrder(indices, width, height) : indices, whole: at === pixels };
}

/** GIF89a, appendix E: every 8th row, then those between, in four passes. */
function inOrder(indices: Int16Array, width: number, height: number): Int16Array {
  const out = new Int16Array(indices.length);
  let read = 0;
  for (const [start, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const)
    for (let y = start; y < height; y += step, read += width)
      out.set(indices.subarray(read, read + width), y * width);
  return out;
}
