import type { Info } from '../decode/index.js';

/** The last layer that is wanted, counted from 1: of at most this rank, or the first of this PSNR; either is 0 where it does not matter. */
export function lastLayer({ layers }: Info, { rank, psnr }: { rank: number; psnr: number }): number {
  const good = psnr ? layers.findIndex(layer => layer.psnr >= psnr) + 1 : 0;
  const low = rank ? Math.max(1, layers.filter(layer => layer.rank <= rank).length) : layers.length;
  return Math.min(good || layers.length, low);
}
