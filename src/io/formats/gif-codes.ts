import type { GifFrame } from './gif-blocks.js';

/** Codes have 12 bits at most. */
const MAX_CODES = 4096;

/** How decoding ended: with all pixels, before the last pixel, or with invalid codes. */
export type CodesOutcome = 'whole' | 'short' | 'senseless';

/**
 * Decodes the colour indices of a GIF's image row by row. `take` gets each complete row and its place from the top; interlaced rows come
 * out of order. The row's array is reused for the next. GIF89a, appendices E and F.
 */
export function decodeCodes(
  { width, height, codeSize, codes, interlaced }: GifFrame,
  take: (y: number, row: Uint16Array) => void,
): CodesOutcome {
  if (width === 0 || height === 0) return 'whole';
  if (codeSize < 1 || codeSize > 11) return 'senseless';
  const rows = interlaced ? interlacedRows(height) : plainRows(height);
  const row = new Uint16Array(width);
  const clear = 1 << codeSize;
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint16Array(MAX_CODES);
  const stack = new Uint16Array(MAX_CODES + 1);
  for (let i = 0; i < clear; i++) suffix[i] = i;
  let [size, next, previous, first] = [codeSize + 1, clear + 2, -1, 0];
  let [bits, held, x] = [0, 0, 0];
  let y = rows.next();
  let any = false;
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
        if (code === clear + 1 || y.done) break reading;
        if (code > next || (code === next && previous < 0) || (previous < 0 && code > clear))
          return 'senseless';
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
        any = true;
        while (top > 0 && !y.done) {
          row[x++] = stack[--top]!;
          if (x < width) continue;
          take(y.value, row);
          y = rows.next();
          x = 0;
        }
        if (previous >= 0 && next < MAX_CODES) {
          prefix[next] = previous;
          suffix[next++] = first;
          if (next === 1 << size && size < 12) size++;
        }
        previous = code;
      }
    }
  return y.done ? 'whole' : any ? 'short' : 'senseless';
}

function* plainRows(height: number): Generator<number, void, undefined> {
  for (let y = 0; y < height; y++) yield y;
}

/** GIF89a, appendix E: every 8th row, then those between, in four passes. */
function* interlacedRows(height: number): Generator<number, void, undefined> {
  for (const [start, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const)
    for (let y = start; y < height; y += step) yield y;
}
