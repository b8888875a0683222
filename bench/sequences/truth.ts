import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Raster } from '../../src/index.js';
import { readImage } from '../../src/io/read/read-image.js';

/** The ground truth of a clip in folder `folder`: masks of some frames (gt_f001.png, ...), and perhaps background.png. */
export interface Truth {
  /** By the index of its frame. */
  masks: Map<number, Uint8Array>;
  background: Raster | undefined;
}

export async function readTruth(folder: string, frames: number): Promise<Truth> {
  const masks = new Map<number, Uint8Array>();
  for (let t = 0; t < frames; t++) {
    const path = join(folder, `gt_f${String(t + 1).padStart(3, '0')}.png`);
    if (!existsSync(path)) continue;
    const { raster } = await readImage(path);
    const mask = new Uint8Array(raster.width * raster.height);
    for (let p = 0; p < mask.length; p++) mask[p] = raster.data[p * raster.channels]! > 127 ? 1 : 0;
    masks.set(t, mask);
  }
  const clean = join(folder, 'background.png');
  return { masks, background: existsSync(clean) ? (await readImage(clean)).raster : undefined };
}

/** Precision, recall and their harmonic mean over all frames whose mask is known; undefined without any. */
export function score(
  truth: Truth,
  isFound: (t: number, p: number) => boolean,
): { precision: number; recall: number; f: number } | undefined {
  let [both, found, real] = [0, 0, 0];
  for (const [t, mask] of truth.masks)
    for (let p = 0; p < mask.length; p++) {
      const hit = isFound(t, p);
      if (hit) found++;
      if (mask[p] === 1) real++;
      if (hit && mask[p] === 1) both++;
    }
  if (truth.masks.size === 0) return undefined;
  return { precision: both / Math.max(1, found), recall: both / real, f: (2 * both) / (found + real) };
}
