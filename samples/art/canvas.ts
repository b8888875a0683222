import type { Raster } from '../../src/core/raster.js';
import { clamp } from './noise.js';

/** A colour, each component from 0 to 255. */
export type Colour = readonly [number, number, number];

/**
 * Paints a picture from a function of continuous coordinates: the mean of `rays` squared samples a pixel, on a fixed
 * grid, so that edges are smooth. The function writes its samples, 0 to 1, into `out`.
 */
export function paint(
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
  bitDepth: 8 | 16,
  rays: number,
  shade: (x: number, y: number, out: Float64Array) => void,
): Raster {
  const peak = bitDepth === 16 ? 65_535 : 255;
  const length = width * height * channels;
  const data = bitDepth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  const [out, sum] = [new Float64Array(channels), new Float64Array(channels)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      for (let s = 0; s < rays * rays; s++) {
        shade(x + ((s % rays) + 0.5) / rays, y + (Math.floor(s / rays) + 0.5) / rays, out);
        for (let c = 0; c < channels; c++) sum[c]! += out[c]!;
      }
      for (let c = 0; c < channels; c++)
        data[(y * width + x) * channels + c] = Math.round(peak * clamp(sum[c]! / (rays * rays)));
    }
  return { width, height, channels, bitDepth, data };
}

/** A surface of 8-bit RGB to draw flat shapes on. */
export class Canvas {
  readonly data: Uint8Array;

  constructor(
    readonly width: number,
    readonly height: number,
    background: Colour,
  ) {
    this.data = new Uint8Array(3 * width * height);
    this.box(0, 0, width, height, background);
  }

  get raster(): Raster {
    return { width: this.width, height: this.height, channels: 3, bitDepth: 8, data: this.data };
  }

  /** Blends a colour over one pixel; `alpha` from 0 to 1. Does nothing outside the surface. */
  dot(x: number, y: number, colour: Colour, alpha = 1): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height || alpha <= 0) return;
    const at = 3 * (y * this.width + x);
    for (let c = 0; c < 3; c++)
      this.data[at + c] = Math.round(
        this.data[at + c]! + (colour[c]! - this.data[at + c]!) * Math.min(1, alpha),
      );
  }

  box(x: number, y: number, width: number, height: number, colour: Colour): void {
    for (let j = y; j < y + height; j++) for (let i = x; i < x + width; i++) this.dot(i, j, colour);
  }

  /** A straight line of this thickness with smooth edges. */
  line(x0: number, y0: number, x1: number, y1: number, thick: number, colour: Colour): void {
    const [dx, dy] = [x1 - x0, y1 - y0];
    const long = dx * dx + dy * dy;
    const reach = Math.ceil(thick) + 1;
    for (let y = Math.floor(Math.min(y0, y1)) - reach; y <= Math.max(y0, y1) + reach; y++)
      for (let x = Math.floor(Math.min(x0, x1)) - reach; x <= Math.max(x0, x1) + reach; x++) {
        const t = long === 0 ? 0 : clamp(((x - x0) * dx + (y - y0) * dy) / long);
        const [ex, ey] = [x - x0 - t * dx, y - y0 - t * dy];
        this.dot(x, y, colour, clamp(thick / 2 + 0.5 - Math.sqrt(ex * ex + ey * ey)));
      }
  }

  /** A disc with a smooth edge. */
  disc(x: number, y: number, radius: number, colour: Colour): void {
    this.line(x, y, x, y, 2 * radius, colour);
  }
}
