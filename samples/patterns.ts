import type { Raster } from '../src/core/raster.js';
import { paint } from './art/canvas.js';
import { clamp, fractal, hash, mix, noise, smooth } from './art/noise.js';

// Pictures of repeated structure: for these the SVD's own basis is better than the DCT.

/** Distance to the nearest integer, 0 to 0.5. */
const toWhole = (x: number): number => {
  const part = x - Math.floor(x);
  return part < 0.5 ? part : 1 - part;
};

/** Cloth-like stripes with a slope of 3 in 4, in three widths and colours. */
export const drawStripes = (): Raster =>
  paint(320, 224, 3, 8, 3, (x, y, out) => {
    const across = 0.6 * x + 0.8 * y + 1.2 * (fractal(x / 90, y / 90, 3, 11) - 0.5);
    const along = 0.8 * x - 0.6 * y;
    const broad = smooth(0.2, 0.3, toWhole(across / 38));
    const fine = smooth(0.16, 0.34, toWhole(across / 7.6));
    const thread = 0.94 + 0.12 * (noise(along * 0.9, across * 0.35, 12) - 0.5);
    out[0] = thread * mix(mix(0.12, 0.84, fine), mix(0.86, 0.95, fine), broad);
    out[1] = thread * mix(mix(0.2, 0.3, fine), mix(0.83, 0.72, fine), broad);
    out[2] = thread * mix(mix(0.42, 0.24, fine), mix(0.7, 0.42, fine), broad);
  });

/** A shaded ball over a soft ground, printed with round dots on a grid turned by a 3-4-5 angle. */
export const drawHalftone = (): Raster =>
  paint(256, 256, 1, 8, 4, (x, y, out) => {
    const [u, v] = [(0.8 * x + 0.6 * y) / 6.5, (0.8 * y - 0.6 * x) / 6.5];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [cx, cy] = [(0.8 * (i + 0.5) - 0.6 * (j + 0.5)) * 6.5, (0.6 * (i + 0.5) + 0.8 * (j + 0.5)) * 6.5];
    const [bx, by] = [(cx - 128) / 92, (cy - 118) / 92];
    const far = bx * bx + by * by;
    const up = far < 1 ? Math.sqrt(1 - far) : 0;
    const shadow = (bx - 0.35) * (bx - 0.35) * 0.8 + (by - 1) * (by - 1) * 9;
    const tone =
      far < 1
        ? clamp(0.12 + 0.95 * (0.74 * up - 0.42 * bx - 0.52 * by))
        : mix(0.35, 0.92, smooth(0.1, 1.2, shadow));
    const ink = Math.sqrt((1 - tone) * 0.42);
    const [du, dv] = [u - i - 0.5, v - j - 0.5];
    out[0] = Math.sqrt(du * du + dv * dv) < ink ? 0.1 : 0.96;
  });

/** Bricks in running bond, each of its own tone, with mortar, worn edges and a low sun. */
export const drawBrick = (): Raster =>
  paint(352, 252, 3, 8, 3, (x, y, out) => {
    const wx = x + 2.2 * (fractal(x / 14, y / 14, 3, 21) - 0.5);
    const wy = y + 2.2 * (fractal(x / 14, y / 14, 3, 22) - 0.5);
    const row = Math.floor(wy / 21);
    const u = wx / 48 + (row % 2) * 0.5;
    const brick = Math.floor(u);
    const [ex, ey] = [Math.min(u - brick, brick + 1 - u) * 48, Math.min(wy - 21 * row, 21 * row + 21 - wy)];
    const edge = Math.min(ex, ey);
    const fired = hash(brick, row, 23);
    const grain = fractal(x / 3, y / 3, 3, 24);
    const rough = fractal(x / 11, y / 11, 4, 25);
    const light =
      0.72 +
      0.42 * grain +
      0.3 * (rough - 0.5) +
      0.16 * smooth(5, 2, wy - 21 * row) -
      0.2 * smooth(17, 20, wy - 21 * row);
    const inside = smooth(1.3, 2.5, edge);
    const mortar = 0.62 + 0.3 * grain - 0.22 * smooth(2, 0, ey) * smooth(0, 2, wy - 21 * row);
    out[0] = mix(mortar, light * mix(0.5, 0.74, fired), inside);
    out[1] = mix(mortar * 0.96, light * mix(0.22, 0.38, fired * fired), inside);
    out[2] = mix(mortar * 0.88, light * mix(0.16, 0.26, rough), inside);
  });

/** Threads over and under one another, seen from close up. */
export const drawWeave = (): Raster =>
  paint(256, 256, 3, 8, 3, (x, y, out) => {
    const [u, v] = [
      x / 11 + 0.12 * (noise(x / 40, y / 40, 31) - 0.5),
      y / 11 + 0.12 * (noise(x / 40, y / 40, 32) - 0.5),
    ];
    const [i, j] = [Math.floor(u), Math.floor(v)];
    const [du, dv] = [2 * (u - i) - 1, 2 * (v - j) - 1];
    const warp = (i + j) % 2 === 0;
    const [across, along] = warp ? [du, dv] : [dv, du];
    const round = Math.sqrt(Math.max(0, 1 - 0.92 * across * across));
    const bend = 1 - 0.55 * along * along;
    const fibre = 0.82 + 0.36 * (warp ? noise(x / 1.3, y / 9, 33) : noise(x / 9, y / 1.3, 34));
    const light = (0.18 + 0.86 * round * bend) * fibre * (warp ? 1 : 0.9 - 0.12 * across);
    const dye = hash(warp ? i : 1000 + j, 7, 35);
    const base = warp
      ? [0.26 + 0.06 * dye, 0.42 + 0.06 * dye, 0.56 + 0.08 * dye]
      : [0.86, 0.76 + 0.05 * dye, 0.58 + 0.08 * dye];
    for (let c = 0; c < 3; c++) out[c] = clamp(base[c]! * light);
  });
