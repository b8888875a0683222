import { colourCount, peakOf, type Raster } from '../core/raster.js';

/** A frame as the separation works on it: planes of pixels one after the other, on the scale of 8 bits (0 to 255 grey). */
export interface Planes {
  /** Pixels a plane. */
  pixels: number;
  /** 1 (grey) or 3 (brightness and two differences of colour). */
  planes: number;
  /** planes x pixels samples. */
  data: Float32Array;
}

/** Frames of one clip. */
export type Frames = readonly Planes[];

// Orthonormal: sums of squares, noise and ranks are those of RGB, and brightness, which varies most, stands alone.
const [A, B, C] = [Math.sqrt(1 / 3), Math.sqrt(1 / 2), Math.sqrt(1 / 6)];

/** Grey, or (R + G + B) / sqrt 3, (R - B) / sqrt 2, (R - 2 G + B) / sqrt 6. Alpha is not looked at. */
export function toOpponent(
  { width, height, channels, bitDepth, data }: Raster,
  out: Float32Array = new Float32Array(colourCount(channels) * width * height),
): Planes {
  const pixels = width * height;
  const planes = colourCount(channels);
  const scale = 255 / peakOf(bitDepth);
  if (planes === 1) for (let i = 0, p = 0; i < pixels; i++, p += channels) out[i] = data[p]! * scale;
  else
    for (let i = 0, p = 0; i < pixels; i++, p += channels) {
      const [r, g, b] = [data[p]! * scale, data[p + 1]! * scale, data[p + 2]! * scale];
      out[i] = (r + g + b) * A;
      out[pixels + i] = (r - b) * B;
      out[2 * pixels + i] = (r - 2 * g + b) * C;
    }
  return { pixels, planes, data: out };
}

/** The way back, rounded and clamped to grey or RGB of `bitDepth`. */
export function fromOpponent({ pixels, planes, data }: Planes, width: number, bitDepth: 8 | 16): Raster {
  const is8 = bitDepth === 8;
  // clamps and rounds
  const out = is8 ? new Uint8ClampedArray(pixels * planes) : new Float32Array(pixels * planes);
  if (planes === 1) out.set(data);
  else
    for (let i = 0, p = 0; i < pixels; i++, p += 3) {
      const [y, d, e] = [A * data[i]!, B * data[pixels + i]!, C * data[2 * pixels + i]!];
      out[p] = y + d + e;
      out[p + 1] = y - 2 * e;
      out[p + 2] = y - d + e;
    }
  return {
    width,
    height: pixels / width,
    channels: planes === 1 ? 1 : 3,
    bitDepth,
    data: is8
      ? new Uint8Array(out.buffer)
      : Uint16Array.from(out, value => Math.round(Math.max(0, Math.min(255, value)) * 257)),
  };
}
