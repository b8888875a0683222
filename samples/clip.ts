import type { Raster } from '../src/core/raster.js';
import { hash, noise } from './art/noise.js';

/** Size and length of the drawn clip. */
export const CLIP = { width: 88, height: 60, frames: 10, duration: 80 };

/**
 * A fixed camera looks at a hillside: the light changes slowly, a ball crosses it, a box stands there from the fourth frame on, and the
 * camera is noisy. Returns frame t, RGB; the same in every engine.
 */
export function drawClipFrame(t: number): Raster {
  const { width, height } = CLIP;
  const data = new Uint8Array(width * height * 3);
  const light = 1 + 0.02 * (t < 5 ? t : 10 - t);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++, i++) {
        const texture = noise(x / 5, y / 5, 7) * 50 + noise(x / 17, y / 11, 8) * 60;
        let v = (40 + [20, 30, 10][c]! + texture + (y * 70) / height) * light;
        if ((x - 8 - 8 * t) ** 2 + (y - 30) ** 2 < 81) v = [220, 90, 40][c]! - (y - 30) * 3;
        if (t >= 3 && x >= 60 && x < 76 && y >= 40 && y < 54) v = [30, 60, 150][c]! + ((x >> 2) & 1) * 40;
        data[i] = Math.max(0, Math.min(255, Math.round(v + 4 * (hash(i, t, 9) + hash(i, t, 10) - 1))));
      }
  return { width, height, channels: 3, bitDepth: 8, data };
}

/** All frames of the clip. */
export const drawClip = (): Raster[] => Array.from({ length: CLIP.frames }, (_, t) => drawClipFrame(t));
