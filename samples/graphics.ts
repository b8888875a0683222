import type { Raster } from '../src/core/raster.js';
import { Canvas, type Colour, paint } from './art/canvas.js';
import { write } from './art/font.js';
import { clamp, fractal, mix, noise, randomiser, smooth } from './art/noise.js';

// Flat colours, hard edges, text, transparency: typical contents of screens.

const INK: Colour = [36, 41, 51];
const PALE: Colour = [122, 130, 144];
const BLUE: Colour = [46, 108, 209];
const GREEN: Colour = [38, 150, 98];
const RED: Colour = [205, 66, 58];
const WHITE: Colour = [255, 255, 255];

const LINES = [
  'A PICTURE IS A MATRIX, AND A MATRIX',
  'IS A SUM OF OUTER PRODUCTS.',
  'KEEP THE LARGEST, DROP THE REST:',
  'NO OTHER SUM OF THAT RANK IS NEARER.',
];

/** A window with a menu, text, fields, a table and buttons. */
export function drawWindow(): Raster {
  const canvas = new Canvas(448, 320, [229, 232, 238]);
  canvas.box(0, 0, 448, 26, [52, 60, 75]);
  for (const [i, colour] of [RED, [219, 169, 53] as Colour, GREEN].entries())
    canvas.disc(16 + 18 * i, 13, 5, colour);
  write(canvas, 'NOTES - RANK.TXT', 166, 9, 1, WHITE);
  canvas.box(0, 26, 116, 294, [242, 244, 247]);
  for (const [i, item] of ['FILES', 'LAYERS', 'FACTORS', 'PLANES', 'HISTORY', 'EXPORT'].entries()) {
    if (i === 2) canvas.box(6, 38 + 28 * i, 104, 24, [205, 220, 246]);
    canvas.box(16, 45 + 28 * i, 9, 9, i === 2 ? BLUE : PALE);
    write(canvas, item, 36, 46 + 28 * i, 1, i === 2 ? BLUE : INK);
  }
  canvas.box(128, 40, 308, 108, WHITE);
  write(canvas, 'LOW RANK', 140, 52, 3, INK);
  for (const [i, line] of LINES.entries()) write(canvas, line, 140, 86 + 14 * i, 1, i === 3 ? BLUE : INK);
  canvas.box(128, 158, 308, 112, WHITE);
  for (let row = 0; row < 7; row++) {
    const y = 158 + 16 * row;
    if (row === 0) canvas.box(128, y, 308, 16, [214, 219, 228]);
    else if (row % 2 === 0) canvas.box(128, y, 308, 16, [246, 247, 250]);
    const cells =
      row === 0
        ? ['DAY', 'SUN', 'RAIN', 'WIND']
        : [`#${row}`, `${(5 * row) % 11} H`, `${(3 * row) % 8} MM`, `${4 + ((7 * row) % 9)} M/S`];
    for (const [i, cell] of cells.entries())
      write(canvas, cell, 138 + 76 * i, y + 5, 1, row === 0 ? INK : PALE);
  }
  for (const [i, label] of ['ENCODE', 'CANCEL'].entries()) {
    canvas.box(268 + 88 * i, 282, 78, 24, i === 0 ? BLUE : [203, 208, 217]);
    write(canvas, label, 290 + 88 * i, 291, 1, i === 0 ? WHITE : INK);
  }
  canvas.box(128, 282, 126, 24, WHITE);
  write(canvas, 'RANK = 24_', 138, 291, 1, INK);
  return canvas.raster;
}

/** Three series over a grid, with axes, dots and a legend. */
export function drawChart(): Raster {
  const canvas = new Canvas(448, 288, WHITE);
  const random = randomiser(5);
  write(canvas, 'WATER IN THE LAKE, CM, BY MONTH', 60, 12, 1, INK);
  for (let i = 0; i <= 5; i++) {
    const y = 240 - 40 * i;
    canvas.box(52, y, 380, 1, i === 0 ? INK : [222, 225, 231]);
    write(canvas, `${200 + 50 * i}`, 28, y - 3, 1, PALE);
  }
  for (let i = 0; i <= 6; i++) {
    const x = 52 + 62 * i;
    canvas.box(x, 40, 1, 204, i === 0 ? INK : [236, 238, 242]);
    write(canvas, `${2 * i}`, x - 3, 250, 1, PALE);
  }
  for (const [s, [name, colour]] of (
    [
      ['NORTH', BLUE],
      ['MIDDLE', GREEN],
      ['SOUTH', RED],
    ] as [string, Colour][]
  ).entries()) {
    let [px, py] = [0, 0];
    for (let i = 0; i <= 12; i++) {
      const x = 60 + 29 * i;
      const y = 226 + 12 * s - (168 - 20 * s) * (1 - 1 / (1 + 0.28 * i)) * 1.18 + 5 * (random() - 0.5);
      if (i > 0) canvas.line(px, py, x, y, 1.8, colour);
      canvas.disc(x, y, 3, colour);
      [px, py] = [x, y];
    }
    canvas.box(330, 184 + 16 * s, 14, 3, colour);
    write(canvas, name, 350, 182 + 16 * s, 1, INK);
  }
  return canvas.raster;
}

/** Discs, a ring and a soft shadow on a transparent ground: RGBA. Fully transparent pixels are black. */
export const drawShapes = (): Raster => {
  const discs = [
    [92, 92, 66, 0.93, 0.35, 0.28],
    [168, 104, 72, 0.2, 0.55, 0.9],
    [120, 170, 62, 0.98, 0.77, 0.24],
  ] as const;
  return paint(256, 256, 4, 8, 3, (x, y, out) => {
    const away = (cx: number, cy: number): number => Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
    let alpha = 0.4 * smooth(100, 40, away(142, 152));
    let colour = [0, 0, 0];
    const over = (r: number, g: number, b: number, a: number): void => {
      const total = a + alpha * (1 - a);
      if (total <= 0) return;
      colour = [r, g, b].map((part, c) => (part * a + colour[c]! * alpha * (1 - a)) / total);
      alpha = total;
    };
    for (const [cx, cy, radius, r, g, b] of discs) {
      const tint = 1 - 0.45 * (away(cx - 20, cy - 24) / (1.5 * radius));
      if (away(cx, cy) < radius) over(r * tint + 0.1, g * tint + 0.1, b * tint + 0.1, 0.86);
    }
    const ring = away(190, 190);
    if (ring < 46 && ring > 34) over(1, 1, 1, mix(0.25, 1, clamp((x - 140) / 96)));
    for (let c = 0; c < 3; c++) out[c] = alpha > 0 ? colour[c]! : 0;
    out[3] = alpha;
  });
};

/** Smoke: grey with alpha. */
export const drawSmoke = (): Raster =>
  paint(256, 192, 2, 8, 1, (x, y, out) => {
    const bend = 60 * (fractal(x / 120, y / 70, 4, 51) - 0.5);
    const middle = 128 + bend + 22 * (noise(y / 60, 3, 52) - 0.5);
    const wide = 14 + 0.34 * (192 - y);
    const off = (x - middle) / wide;
    const body = clamp(1 - off * off) * smooth(0, 50, y) * smooth(192, 160, y);
    out[0] = 0.35 + 0.6 * fractal(x / 26, y / 26, 5, 53);
    out[1] = body * smooth(0.28, 0.72, fractal(x / 34, y / 34 + 4, 5, 54));
  });

/** A relief under a low light, 8-bit grey. */
export const drawRelief = (): Raster =>
  paint(320, 240, 1, 8, 1, (x, y, out) => {
    const at = (u: number, v: number): number =>
      fractal(u / 52 + 2 * noise(u / 90, v / 90, 61), v / 52, 6, 62);
    const slope = 26 * (at(x + 1, y) - at(x - 1, y)) + 18 * (at(x, y + 1) - at(x, y - 1));
    out[0] = clamp(0.48 + slope / Math.sqrt(1 + slope * slope) / 2.1 + 0.22 * (at(x, y) - 0.5));
  });

/** Dusk: slow gradients that would show bands with 8 bits; 16-bit RGB. */
export const drawDusk = (): Raster =>
  paint(216, 144, 3, 16, 1, (x, y, out) => {
    const low = y / 144;
    const away = Math.sqrt((x - 148) * (x - 148) + (y - 112) * (y - 112)) / 150;
    const glow = 1 / (1 + 9 * away * away);
    const haze = 0.02 * fractal(x / 70, y / 16, 4, 71);
    out[0] = 0.05 + 0.3 * low * low + 0.62 * glow + haze;
    out[1] = 0.07 + 0.17 * low + 0.34 * glow * glow + haze;
    out[2] = 0.2 + 0.22 * low + 0.1 * glow + haze;
  });

/** A picture of any small size, with a ramp and some colour. 8-bit RGB. */
export const drawTiny = (width: number, height: number): Raster =>
  paint(width, height, 3, 8, 1, (x, y, out) => {
    out[0] = x / width;
    out[1] = y / height;
    out[2] = noise(x / 3, y / 3, 81);
  });
