import type { Info } from '../decode/index.js';

/** The last layer wanted, counted from 1: the last up to this rank, or the first with this PSNR; 0 means no limit. */
export function lastLayer({ layers }: Info, { rank, psnr }: { rank: number; psnr: number }): number {
  const good = psnr ? layers.findIndex(layer => layer.psnr >= psnr) + 1 : 0;
  const low = rank ? Math.max(1, layers.filter(layer => layer.rank <= rank).length) : layers.length;
  return Math.min(good || layers.length, low);
}
