import type { Raster } from '../../src/core/raster.js';
import { clamp, hash } from '../art/noise.js';
import { look } from './render.js';
import { normalise, type Vector } from './sky.js';
import { makeTerrain } from './terrain.js';

/** The position of the camera, km. */
const EYE: Vector = [-0.1, 0.5, 0.05];

/** Film: compresses highlights and brings linear light close to sRGB (its curve is roughly a square root). */
function develop(light: number): number {
  const exposed = 1.3 * light;
  const bent = (exposed * (1 + exposed / 5)) / (1 + exposed);
  return 255 * Math.sqrt(clamp(bent * 1.02));
}

/**
 * A landscape like a photo: a lake between wooded slopes, mountains in haze, clouds; `rays` squared rays a pixel and a little grain. 8-bit
 * RGB.
 */
export function drawScene(width: number, height: number, rays: number): Raster {
  const terrain = makeTerrain();
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const sum: Vector = [0, 0, 0];
      for (let s = 0; s < rays * rays; s++) {
        const px = x + ((s % rays) + hash(x, y, 2 * s + 1)) / rays;
        const py = y + (Math.floor(s / rays) + hash(x, y, 2 * s)) / rays;
        const ray = normalise([(2 * px - width) / height, (height - 2 * py) / height - 0.12, 1.5]);
        const light = look(terrain, EYE, ray);
        for (let c = 0; c < 3; c++) sum[c]! += develop(light[c]!);
      }
      for (let c = 0; c < 3; c++) {
        const grain = 1.2 * (hash(x, y, 401 + c) + hash(x, y, 411) - 1);
        data[3 * (y * width + x) + c] = clamp(Math.round(sum[c]! / (rays * rays) + grain), 0, 255);
      }
    }
  return { width, height, channels: 3, bitDepth: 8, data };
}
