import type { DecodeOptions } from 'lowrank';
import type { Random } from '../random.js';
import { MAX_PIXELS } from './samples.js';

/** Products that a mutation may ask for: the default limit would take long. */
const MAX_PRODUCTS = 4e6;

/** Limits that keep a mutation cheap, and sometimes the defaults. */
export const limits = (random: Random): DecodeOptions => ({
  maxPixels: MAX_PIXELS,
  ...(random.chance(0.97) && { maxProducts: MAX_PRODUCTS }),
});

/** Options of `decode`, each present or not. */
export function decodeOptions(random: Random): DecodeOptions {
  const options = limits(random);
  if (random.chance(0.3)) options.rank = random.pick([1, 2, 3, 11, 64, 1 + random.below(100)]);
  if (random.chance(0.3)) options.scale = random.pick([2, 4, 8]);
  if (random.chance(0.15)) options.tolerant = true;
  if (random.chance(0.6)) options.channels = 'file';
  if (random.chance(0.2)) options.bitDepth = 8;
  if (random.chance(0.1)) options.maxMemory = random.pick([1e6, 2e7, 1e9]);
  return options;
}
