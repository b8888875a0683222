import { type Plane, plane } from '../core/plane.js';
import { colourCount, hasAlpha, peakOf, type Raster, type SampleCount } from '../core/raster.js';
import type { ColourBasis } from './basis.js';

/** Channels hold samples in units of 1 / 255 of the peak, less this. */
export const MIDPOINT = 128;

/**
 * Raster -> channels: each pixel, less the midpoint, times T; grey and alpha unchanged. Values lie within -222 to 222 in units of 1 / 255
 * of the peak. One plane a channel, alpha last; `make` allocates them with any content.
 */
export function toChannels(raster: Raster, basis: ColourBasis, make = plane): Plane[] {
  const { width, height, channels, data } = raster;
  const scale = 255 / peakOf(raster.bitDepth);
  const planes = Array.from({ length: channels }, () => make(width, height));
  const pixels = width * height;
  if (colourCount(channels) === 3) {
    const [c0, c1, c2] = planes.map(p => p.data) as [Float32Array, Float32Array, Float32Array];
    const t = takingApart(basis);
    const t0 = t[0]!;
    const t1 = t[1]!;
    const t2 = t[2]!;
    const t3 = t[3]!;
    const t4 = t[4]!;
    const t5 = t[5]!;
    const t6 = t[6]!;
    const t7 = t[7]!;
    const t8 = t[8]!;
    for (let p = 0, i = 0; p < pixels; p++, i += channels) {
      const r = data[i]! * scale - MIDPOINT;
      const g = data[i + 1]! * scale - MIDPOINT;
      const b = data[i + 2]! * scale - MIDPOINT;
      c0[p] = t0 * r + t1 * g + t2 * b;
      c1[p] = t3 * r + t4 * g + t5 * b;
      c2[p] = t6 * r + t7 * g + t8 * b;
    }
  }
  for (let c = channels === 4 ? 3 : 0; c < channels && channels !== 3; c++)
    for (let p = 0, i = c; p < pixels; p++, i += channels) planes[c]!.data[p] = data[i]! * scale - MIDPOINT;
  return planes;
}

/** The rows that split pixels into channels, from those that put them together: the inverse, transposed. For T that is T. */
export function takingApart([a, b, c, d, e, f, g, h, i]: ColourBasis): Float64Array {
  const rows = Float64Array.of(
    ...[e! * i! - f! * h!, f! * g! - d! * i!, d! * h! - e! * g!],
    ...[c! * h! - b! * i!, a! * i! - c! * g!, b! * g! - a! * h!],
    ...[b! * f! - c! * e!, c! * d! - a! * f!, a! * e! - b! * d!],
  );
  const determinant = a! * rows[0]! + b! * rows[1]! + c! * rows[2]!;
  return rows.map(x => x / determinant);
}

/** The result of `fromChannels`: interleaved samples with the `channels` of the file, or RGBA. */
export type SampleArray = Uint8ClampedArray<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/**
 * Channels -> samples, the inverse of `toChannels`: T transposed, plus the midpoint, rounded half up, clamped. Planes may be larger than
 * the picture. With `rgba`, grey is repeated and missing alpha is opaque.
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
  const half = MIDPOINT * scale + 0.5;
  const hop = rgba ? 4 : channels;
  const mixed = channels > 2 ? 1 : 0;
  const stride = planes[0]!.width;
  const out: SampleArray = new (shape.bitDepth === 16 ? Uint16Array : Uint8ClampedArray)(
    width * height * hop,
  ).fill(peak);
  const a = planes[0]!.data;
  const b = planes[mixed]!.data;
  const c = planes[2 * mixed]!.data;
  const alpha = planes[hasAlpha(channels) ? channels - 1 : 0]!.data;
  // Read one by one from an array of numbers, so that the engine knows their type.
  const m = Float64Array.from(mixed ? basis : GREY, weight => weight * scale);
  const r0 = m[0]!;
  const g0 = m[1]!;
  const b0 = m[2]!;
  const r1 = m[3]!;
  const g1 = m[4]!;
  const b1 = m[5]!;
  const r2 = m[6]!;
  const g2 = m[7]!;
  const b2 = m[8]!;
  for (let y = 0, i = 0; y < height; y++)
    for (let p = y * stride, end = p + width; p < end; p++, i += hop) {
      const u = a[p]!;
      const v = b[p]!;
      const w = c[p]!;
      // Grey is written three times, too; what is not grey is then overwritten.
      out[i] = whole(r0 * u + r1 * v + r2 * w + half, peak);
      out[i + 1] = whole(g0 * u + g1 * v + g2 * w + half, peak);
      out[i + 2] = whole(b0 * u + b1 * v + b2 * w + half, peak);
      if (hasAlpha(channels)) out[i + hop - 1] = whole(alpha[p]! * scale + half, peak);
    }
  return out;
}

/** The integer part of any number, clamped to 0 .. peak: damaged files give large ones. */
const whole = (v: number, peak: number): number => (v < 0 ? 0 : v < peak ? v | 0 : peak);

/** Replaces the basis for a single channel: red, green and blue are equal. */
const GREY = [1, 1, 1, 0, 0, 0, 0, 0, 0];
