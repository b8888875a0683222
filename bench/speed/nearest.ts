import type { Rgb } from '../rd/pictures.js';
import type { Contestant } from './contestants.js';

/** The integer quality from 1 to 99 whose file is nearest to `bpp` (by ratio), found by bisection, and that file. */
export async function nearest(
  codec: Contestant,
  picture: Rgb,
  bpp: number,
): Promise<{ quality: number; file: Uint8Array }> {
  const target = (bpp * picture.width * picture.height) / 8;
  let [lo, hi] = [1, 99];
  let best: { quality: number; file: Uint8Array; off: number } | undefined;
  while (lo <= hi) {
    const quality = (lo + hi) >> 1;
    const file = await codec.encode(picture, quality);
    const off = Math.abs(Math.log(file.length / target));
    if (!best || off < best.off) best = { quality, file, off };
    if (file.length < target) lo = quality + 1;
    else hi = quality - 1;
  }
  return best!;
}
