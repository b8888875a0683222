import { type Plane, plane } from '../core/plane.js';
import { colourCount, hasAlpha, peakOf, type Raster, type SampleCount } from '../core/raster.js';
import type { ColourBasis } from './basis.js';

/** Channels hold samples in units of 1 / 255 of the peak, less this. */
const MIDPOINT = 128;

/**
 * Raster -> channels: each pixel, less the midpoint, times T; grey and alpha as they are. Values within -222 to 222 in units of
 * 1 / 255 of the peak. One plane a channel, alpha last.
 */
export function toChannels(raster: Raster, basis: ColourBasis): Plane[] {
  const { width, height, channels, data } = raster;
  const scale = 255 / peakOf(raster.bitDepth);
  const planes = Array.from({ length: channels }, () => plane(width, height));
  const pixels = width * height;
  if (colourCount(channels) === 3) {
    const [c0, c1, c2] = planes.map(p => p.data) as [Float32Array, Float32Array, Float32Array];
    const t = basis;
    for (let p = 0, i = 0; p < pixels; p++, i += channels) {
      const r = data[i]! * scale - MIDPOINT;
      const g = data[i + 1]! * scale - MIDPOINT;
      const b = data[i + 2]! * scale - MIDPOINT;
      c0[p] = t[0]! * r + t[1]! * g + t[2]! * b;
      c1[p] = t[3]! * r + t[4]! * g + t[5]! * b;
      c2[p] = t[6]! * r + t[7]! * g + t[8]! * b;
    }
  }
  for (let c = channels === 4 ? 3 : 0; c < channels && channels !== 3; c++)
    for (let p = 0, i = c; p < pixels; p++, i += channels) planes[c]!.data[p] = data[i]! * scale - MIDPOINT;
  return planes;
}

/** What `fromChannels` makes: interleaved samples with `channels` of the file, or RGBA. */
export type SampleArray = Uint8ClampedArray | Uint16Array;

/**
 * Channels -> samples, the inverse of `toChannels`: T transposed, plus the midpoint, rounded half up, clamped. Planes may be larger than the
 * picture. With `rgba` grey is repeated and a missing alpha is opaque.
 */
export function fromChannels(
  planes: Plane[],
  basis: ColourBasis,
  shape: { width: number; height: number; channels: SampleCount; bitDepth: 8 | 16 },
  rgba: boolean,
): SampleArray {
  const { width, height, channels } = shape;
  const peak = peakOf(shape.bitDepth);
  const scale = peak / 255;
  const hop = rgba ? 4 : channels;
  const out: SampleArray =
    shape.bitDepth === 16
      ? new Uint16Array(width * height * hop)
      : new Uint8ClampedArray(width * height * hop);
  const half = MIDPOINT * scale + 0.5;
  const stride = planes[0]!.width;
  const [c0, c1, c2] = planes.map(p => p.data) as [Float32Array, Float32Array, Float32Array];
  const alpha = hasAlpha(channels) ? planes[channels - 1]!.data : undefined;
  const t = basis.map(element => element * scale);
  const [r0, g0, b0, r1, g1, b1, r2, g2, b2] = t as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0, p = y * stride; x < width; x++, p++, i += hop) {
      const a = c0[p]!;
      if (channels >= 3) {
        const b = c1[p]!;
        const c = c2[p]!;
        out[i] = clamp(r0 * a + r1 * b + r2 * c + half, peak);
        out[i + 1] = clamp(g0 * a + g1 * b + g2 * c + half, peak);
        out[i + 2] = clamp(b0 * a + b1 * b + b2 * c + half, peak);
      } else {
        out[i] = clamp(a * scale + half, peak);
        if (rgba) out[i + 2] = out[i + 1] = out[i]!;
      }
      if (alpha) out[i + hop - 1] = clamp(alpha[p]! * scale + half, peak);
      else if (rgba) out[i + 3] = peak;
    }
  return out;
}

/** The whole part of v, from 0 to peak. */
const clamp = (v: number, peak: number): number => (v < 0 ? 0 : v < peak ? v | 0 : peak);
