import { fail } from '../core/errors.js';
import { BYTE_PRODUCTS, checkPixels, SAMPLE_PRODUCTS } from '../core/limits.js';
import type { OpenFile } from './open.js';
import type { Limits } from './options.js';

/** Most bytes of memory for each sample of the grid, margins included, and besides the samples. */
const SAMPLE_BYTES = 24;
const FIXED_BYTES = 2 ** 24;

/** Throws LIMIT if the layers that are here ask for more. Called before anything of the picture's size is allocated. */
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
  if (!(memory <= maxMemory)) fail('LIMIT', 'memory', memory, `at most ${maxMemory} bytes`);
  const products = layout === 'channel' ? count * width * height : 0;
  const most = maxProducts ?? SAMPLE_PRODUCTS * channels * width * height + BYTE_PRODUCTS * end;
  if (!(products <= most)) fail('LIMIT', 'products', products, `at most ${most}`);
}
