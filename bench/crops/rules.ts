import type { Rgb } from '../rd/pictures.js';

/** Measures of a window, by which crops are chosen; all are means over its pixels. */
export interface Window {
  x: number;
  y: number;
  /** Squared gradients of luma across, down, and their product. */
  xx: number;
  yy: number;
  xy: number;
  /** Absolute gradients of luma, and of both colour differences. */
  detail: number;
  colour: number;
  /** Shares of pixels on a strong edge, and on none. */
  strong: number;
  flat: number;
}

/** Gradients of 8-bit luma above which there is an edge, as in lettering, and below which there is none. */
const STRONG = 40;
const FLAT = 4;

/** The rules for crops: the window with the largest value is chosen. */
export const RULES: Readonly<Record<string, (window: Window) => number>> = {
  'most detail': ({ detail }) => detail,
  'strongest colour': ({ colour }) => colour,
  // The structure tensor of the window: large, and of one direction throughout.
  'straightest edges': ({ xx, yy, xy }) => Math.hypot(xx - yy, 2 * xy) ** 1.5 / (xx + yy + 1),
  // Strong edges in all directions, and flat areas between them.
  lettering: ({ strong, flat, xx, yy, xy }) =>
    strong * flat * (1 - Math.hypot(xx - yy, 2 * xy) / (xx + yy + 1)),
  // Slopes on which banding would show: hardly any edges, yet more than one colour.
  'smoothest slope': ({ strong, flat, detail }) => (strong > 0 ? 0 : flat * Math.min(1, detail) ** 2),
};

/** The windows of a picture, `side` pixels wide and high, a quarter of that apart; none if the picture is smaller. */
export function windowsOf(picture: Rgb, side: number): Window[] {
  const { width, height } = picture;
  const sums = gradientSums(picture);
  const stride = side >> 2;
  const windows: Window[] = [];
  for (let y = 0; y + side <= height; y += stride)
    for (let x = 0; x + side <= width; x += stride) {
      const mean = (field: number): number => {
        const at = (col: number, row: number): number => sums[((width + 1) * row + col) * FIELDS + field]!;
        return (at(x + side, y + side) - at(x, y + side) - at(x + side, y) + at(x, y)) / (side * side);
      };
      const [xx, yy, xy, detail, colour, strong, flat] = Array.from({ length: FIELDS }, (_, f) =>
        mean(f),
      ) as [number, number, number, number, number, number, number];
      windows.push({ x, y, xx, yy, xy, detail, colour, strong, flat });
    }
  return windows;
}

const FIELDS = 7;

/** Sums of the measures over all pixels left of and above each corner: (width + 1) x (height + 1) x FIELDS. */
function gradientSums({ width, height, data }: Rgb): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1) * FIELDS);
  const luma = (p: number): number => 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]!;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const p = 3 * (y * width + x);
      const right = x + 1 < width ? p + 3 : p;
      const below = y + 1 < height ? p + 3 * width : p;
      const here = luma(p);
      const gx = luma(right) - here;
      const gy = luma(below) - here;
      const difference = (c: number, q: number): number =>
        Math.abs(data[q + c]! - luma(q) - (data[p + c]! - here));
      const colour =
        difference(0, right) + difference(0, below) + difference(2, right) + difference(2, below);
      const steepest = Math.max(Math.abs(gx), Math.abs(gy));
      const values = [
        gx * gx,
        gy * gy,
        gx * gy,
        Math.abs(gx) + Math.abs(gy),
        colour,
        Number(steepest > STRONG),
        Number(steepest < FLAT),
      ];
      const at = (col: number, row: number): number => ((width + 1) * row + col) * FIELDS;
      for (let f = 0; f < FIELDS; f++)
        sums[at(x + 1, y + 1) + f] =
          values[f]! + sums[at(x, y + 1) + f]! + sums[at(x + 1, y) + f]! - sums[at(x, y) + f]!;
    }
  return sums;
}
