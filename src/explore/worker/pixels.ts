import type { Plane } from '../../core/plane.js';
import { hasAlpha, type Raster } from '../../core/raster.js';
import type { Pixels } from '../protocol.js';

/** A raster as RGBA with 8 bits. */
export function toPixels({ width, height, channels, bitDepth, data }: Raster): Pixels {
  const out = new Uint8ClampedArray(width * height * 4).fill(255);
  const scale = bitDepth === 16 ? 255 / 65_535 : 1;
  const isGrey = channels < 3;
  for (let from = 0, to = 0; to < out.length; from += channels, to += 4) {
    for (let k = 0; k < 3; k++) out[to + k] = data[from + (isGrey ? 0 : k)]! * scale;
    if (hasAlpha(channels)) out[to + 3] = data[from + channels - 1]! * scale;
  }
  return { width, height, data: out };
}

/** Gain with which errors are shown. */
const DIFFERENCE_GAIN = 4;

/** Four times the difference b - a, on middle grey; opaque. */
export function difference(a: Pixels, b: Pixels): Pixels {
  const out = new Uint8ClampedArray(a.data.length);
  for (let i = 0; i < out.length; i++)
    out[i] = (i & 3) === 3 ? 255 : 128 + DIFFERENCE_GAIN * (b.data[i]! - a.data[i]!);
  return { width: a.width, height: a.height, data: out };
}

/** A square of pixels from (x, y), as far as the picture goes. */
export function crop({ width, height, data }: Pixels, x: number, y: number, side: number): Pixels {
  const right = Math.min(width, x + side);
  const bottom = Math.min(height, y + side);
  const out = new Uint8ClampedArray((right - x) * (bottom - y) * 4);
  for (let row = y; row < bottom; row++)
    out.set(data.subarray((row * width + x) * 4, (row * width + right) * 4), (row - y) * (right - x) * 4);
  return { width: right - x, height: bottom - y, data: out };
}

/** Numbers beyond this many times the root mean square are black or white: otherwise a few strong ones would leave all others grey. */
const STRONG = 4;

/** Numbers as greys: 0 is middle grey, the strongest are black or white. */
export function toGreys({ width, height, data }: Plane): Pixels {
  let most = 0;
  let squares = 0;
  for (const value of data) {
    most = Math.max(most, Math.abs(value));
    squares += value * value;
  }
  const scale = 127 / (Math.min(most, STRONG * Math.sqrt(squares / data.length)) || 1);
  const out = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < data.length; i++) {
    out.fill(128 + data[i]! * scale, 4 * i, 4 * i + 3);
    out[4 * i + 3] = 255;
  }
  return { width, height, data: out };
}

/** Shrinks a plane, by means of whole squares, until no side is longer than `most`. */
export function shrink(from: Plane, most: number): Plane {
  const by = Math.ceil(Math.max(from.width, from.height) / most);
  if (by <= 1) return from;
  const width = Math.ceil(from.width / by);
  const height = Math.ceil(from.height / by);
  const data = new Float32Array(width * height);
  const counts = new Uint32Array(width * height);
  for (let y = 0, i = 0; y < from.height; y++)
    for (let x = 0; x < from.width; x++, i++) {
      const to = Math.floor(y / by) * width + Math.floor(x / by);
      data[to]! += from.data[i]!;
      counts[to]!++;
    }
  return { width, height, data: data.map((sum, i) => sum / counts[i]!) };
}
