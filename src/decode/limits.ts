import { fail } from '../core/errors.js';
import { BYTE_PRODUCTS, checkPixels, SAMPLE_PRODUCTS } from '../core/limits.js';
import type { OpenFile } from './open.js';

/** What a decoder is willing to do. codec-spec.md, "Limits", says what a file can ask for. */
export interface Limits {
  /** Refuse pictures of more pixels. Default 268,402,689. */
  maxPixels?: number | undefined;
  /** Refuse pictures that need more memory, bytes. Default: none are that `maxPixels` accepts, for which it is at most 27 GB. */
  maxMemory?: number | undefined;
  /**
   * Refuse files of layout `channel` that take more products of a number of U and one of V. Default 64 a sample and 32,768 a byte. In layout `block` the work is
   * bounded by pixels and bytes.
   */
  maxProducts?: number | undefined;
}

/** Bytes that are held at most for a sample of the grid, margins included, and beside the samples. */
const SAMPLE_BYTES = 24;
const FIXED_BYTES = 2 ** 24;

/** Throws LIMIT where the layers that are here ask for more. Called before anything of the picture's size is allocated. */
export function checkLimits(
  { header, count, end, shown }: OpenFile,
  { maxPixels, maxMemory = Infinity, maxProducts }: Limits,
): void {
  checkPixels(header, maxPixels);
  const { width, height, channels, layout, part } = header;
  const { cols, rows } = shown.window;
  const along = (blocks: number): number => blocks + 4 * (((blocks - 1) >> part) + 1);
  const beside = Math.ceil(width / 8) * Math.ceil(height / 8) - cols * rows;
  const memory = FIXED_BYTES + SAMPLE_BYTES * channels * (64 * along(cols) * along(rows) + beside);
  if (memory > maxMemory) fail('LIMIT', 'memory', memory, `at most ${maxMemory} bytes`);
  const products = layout === 'channel' ? count * width * height : 0;
  const most = maxProducts ?? SAMPLE_PRODUCTS * channels * width * height + BYTE_PRODUCTS * end;
  if (products > most) fail('LIMIT', 'products', products, `at most ${most}`);
}
