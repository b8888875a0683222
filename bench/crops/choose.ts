import path from 'node:path';
import { listPictures, loadRgb } from '../rd/pictures.js';
import { RULES, windowsOf } from './rules.js';

/** A window of a picture to compare. */
export interface Crop {
  /** Path of the picture. */
  file: string;
  rule: string;
  x: number;
  y: number;
  side: number;
}

/**
 * For each rule, the `count` windows of a folder with the highest values: one a picture, and none that overlaps a window of another rule.
 */
export async function chooseCrops(
  folder: string,
  only: readonly string[] | undefined,
  side: number,
  count: number,
): Promise<Crop[]> {
  const candidates: (Crop & { value: number })[] = [];
  for (const name of listPictures(folder, only)) {
    const file = path.join(folder, name);
    const windows = windowsOf(await loadRgb(file), side);
    for (const [rule, value] of Object.entries(RULES))
      for (const window of windows)
        candidates.push({ file, rule, x: window.x, y: window.y, side, value: value(window) });
  }
  candidates.sort((a, b) => b.value - a.value);
  const chosen: Crop[] = [];
  for (const rule of Object.keys(RULES)) {
    const used = new Set<string>();
    for (const { value, ...crop } of candidates) {
      if (used.size === count) break;
      if (
        crop.rule !== rule ||
        !(value > 0) ||
        used.has(crop.file) ||
        chosen.some(other => overlap(crop, other))
      )
        continue;
      used.add(crop.file);
      chosen.push(crop);
    }
  }
  return chosen;
}

const overlap = (a: Crop, b: Crop): boolean =>
  a.file === b.file && Math.abs(a.x - b.x) < a.side && Math.abs(a.y - b.y) < a.side;
