import { constants } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import type { SampleCount } from '../../core/raster.js';
import { oneLine, systemCode } from '../errors.js';
import type { PngChunk } from './png-chunks.js';

/** The fields of IHDR that decide how many bytes the scanlines take. */
export interface PngHeader {
  width: number;
  height: number;
  /** Bits a sample, 1 to 16. */
  bitDepth: number;
  interlaced: boolean;
}

/** PNG 1.2, 4.1.1: stored samples a pixel, by colour type; a palette has one, its index. */
export const SAMPLES_STORED: Readonly<Record<number, SampleCount>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

// PNG 1.2, 2.6: first column, first row, step to the right, step down of the seven passes of Adam7
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Bytes of a PNG's scanlines before compression, a filter byte before each; `samples` a pixel as stored. */
export function scanlineBytes(header: PngHeader, samples: SampleCount): number {
  const bytesOf = (columns: number, rows: number): number =>
    columns > 0 && rows > 0 ? rows * (1 + Math.ceil((columns * samples * header.bitDepth) / 8)) : 0;
  const { width, height } = header;
  if (!header.interlaced) return bytesOf(width, height);
  return PASSES.reduce(
    (sum, [x, y, right, down]) =>
      sum + bytesOf(Math.ceil((width - x) / right), Math.ceil((height - y) / down)),
    0,
  );
}

/**
 * What is wrong with the scanlines of a PNG; undefined if they are whole. pngjs does not check: where IDAT ends early, it takes whatever is
 * in memory for pixels.
 */
export function scanlineFault(chunks: readonly PngChunk[], expected: number): string | undefined {
  const stream = Buffer.concat(chunks.filter(chunk => chunk.type === 'IDAT').map(chunk => chunk.data));
  try {
    const { length } = inflateSync(stream, { maxOutputLength: Math.min(expected, constants.MAX_LENGTH) });
    return length < expected ? `${length} bytes of scanlines, expected ${expected}` : undefined;
  } catch (error) {
    const isMore = systemCode(error) === 'ERR_BUFFER_TOO_LARGE';
    return isMore ? `more than ${expected} bytes of scanlines` : oneLine(error);
  }
}
