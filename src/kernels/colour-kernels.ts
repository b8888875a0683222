import type { ColourKernels } from '../colour/analysis-kernels.js';
import type { ColourBasis } from '../colour/basis.js';
import { fromChannels, MIDPOINT, takingApart, toChannels } from '../colour/channels.js';
import { LAG, sumsOfDifferences } from '../colour/differences.js';
import { type Plane, plane } from '../core/plane.js';
import { hasAlpha, peakOf } from '../core/raster.js';
import { mixedErrors } from '../encode/layers/mixed-errors.js';
import type { Machine } from './machine.js';

/** Rows processed at a time. */
const ROWS = 8;

/** A band of rows of samples and of three channels, in the machine's memory. */
interface Band {
  samples: number;
  channels: [number, number, number];
  weights: number;
}

function placeBand(machine: Machine, basis: ColourBasis, scale: number, row: number, width: number): Band {
  const channel = ROWS * width * 4;
  const [samples, c0, c1, c2, weights] = machine.place(ROWS * row + 64, channel, channel, channel, 72);
  // By sample, its weight for each channel.
  for (let i = 0; i < 9; i++)
    machine.doubles[(weights >> 3) + (i % 3) * 3 + Math.floor(i / 3)] = basis[i]! * scale;
  return { samples, channels: [c0, c1, c2], weights };
}

function putChannels(
  { floats }: Machine,
  { channels }: Band,
  planes: Plane[],
  y: number,
  rows: number,
): void {
  for (let c = 0; c < 3; c++) {
    const { data, width } = planes[c]!;
    floats.set(data.subarray(y * width, (y + rows) * width), channels[c]! >> 2);
  }
}

/** Squared errors of red, green and blue. JavaScript counts them where there are exact cells. */
export const mixedErrorsKernel =
  (machine: Machine): typeof mixedErrors =>
  (raster, planes, basis, tiles) => {
    if (tiles) return mixedErrors(raster, planes, basis, tiles);
    const { width, height, channels, bitDepth, data } = raster;
    const deep = bitDepth === 16;
    const peak = peakOf(bitDepth);
    const scale = peak / 255;
    const bytesOfRow = width * channels * (deep ? 2 : 1);
    const stride = planes[0]!.width;
    const band = placeBand(machine, basis, scale, bytesOfRow, stride);
    const [c0, c1, c2] = band.channels;
    const samples = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    let sum = 0;
    for (let y = 0; y < height; y += ROWS) {
      const rows = Math.min(ROWS, height - y);
      machine.bytes.set(samples.subarray(y * bytesOfRow, (y + rows) * bytesOfRow), band.samples);
      putChannels(machine, band, planes, y, rows);
      for (let row = 0; row < rows; row++) {
        const at = row * stride * 4;
        sum += machine.run.mixedErrors(
          band.samples + row * bytesOfRow,
          deep,
          channels,
          c0 + at,
          c1 + at,
          c2 + at,
          width,
          band.weights,
          MIDPOINT * scale + 0.5,
          peak,
        );
      }
    }
    return sum;
  };

/** Channels to samples, for pictures in colour. */
export const fromChannelsKernel =
  (machine: Machine): typeof fromChannels =>
  (planes, basis, shape, rgba) => {
    const { width, height, channels, bitDepth } = shape;
    if (channels < 3) return fromChannels(planes, basis, shape, rgba);
    const deep = bitDepth === 16;
    const peak = peakOf(bitDepth);
    const scale = peak / 255;
    const half = MIDPOINT * scale + 0.5;
    const hop = rgba ? 4 : channels;
    const length = width * height * hop;
    const out = deep ? new Uint16Array(length) : new Uint8ClampedArray(length);
    const bytesOfRow = width * hop * (deep ? 2 : 1);
    const stride = planes[0]!.width;
    const band = placeBand(machine, basis, scale, bytesOfRow, stride);
    const [c0, c1, c2] = band.channels;
    const made = new Uint8Array(out.buffer);
    // The peak has all bits set: opaque, unless alpha is written over it.
    machine.bytes.fill(255, band.samples, band.samples + ROWS * bytesOfRow);
    for (let y = 0; y < height; y += ROWS) {
      const rows = Math.min(ROWS, height - y);
      putChannels(machine, band, planes, y, rows);
      for (let row = 0; row < rows; row++) {
        const at = row * stride * 4;
        machine.run.mixSamples(
          band.samples + row * bytesOfRow,
          deep,
          hop,
          c0 + at,
          c1 + at,
          c2 + at,
          width,
          band.weights,
          half,
          peak,
        );
      }
      made.set(machine.bytes.subarray(band.samples, band.samples + rows * bytesOfRow), y * bytesOfRow);
    }
    if (hasAlpha(channels)) {
      const { data } = planes[channels - 1]!;
      for (let y = 0, i = hop - 1; y < height; y++)
        for (let p = y * stride, end = p + width; p < end; p++, i += hop) {
          const v = data[p]! * scale + half;
          out[i] = v < 0 ? 0 : v < peak ? v | 0 : peak;
        }
    }
    return out;
  };

/** Pixels processed at a time. */
const PIXELS = 4096;

/** Samples to channels, for pictures in colour without alpha. */
export const toChannelsKernel =
  (machine: Machine): typeof toChannels =>
  (raster, basis, make = plane) => {
    const { width, height, channels, bitDepth, data } = raster;
    if (channels !== 3) return toChannels(raster, basis, make);
    const deep = bitDepth === 16;
    const planes = Array.from({ length: 3 }, () => make(width, height));
    const pixels = width * height;
    const bytesOfPixel = deep ? 6 : 3;
    const [samples, c0, c1, c2, weights] = machine.place(
      PIXELS * bytesOfPixel,
      4 * PIXELS,
      4 * PIXELS,
      4 * PIXELS,
      72,
    );
    const { bytes, floats, doubles, run } = machine;
    doubles.set(takingApart(basis), weights >> 3);
    const given = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let at = 0; at < pixels; at += PIXELS) {
      const count = Math.min(PIXELS, pixels - at);
      bytes.set(given.subarray(at * bytesOfPixel, (at + count) * bytesOfPixel), samples);
      run.takeSamples(samples, deep, 3, c0, c1, c2, count, weights, 255 / peakOf(bitDepth), MIDPOINT);
      for (const [c, from] of [c0, c1, c2].entries())
        planes[c]!.data.set(floats.subarray(from >> 2, (from >> 2) + count), at);
    }
    return planes;
  };

/** Sums over differences of pixels of three bytes. */
export const sumsKernel =
  (machine: Machine): typeof sumsOfDifferences =>
  raster => {
    const { width, height, channels, bitDepth, data } = raster;
    if (channels !== 3 || bitDepth === 16 || width < LAG) return sumsOfDifferences(raster);
    const stride = 3 * width;
    const sizes = Array.from({ length: LAG + 1 }, () => stride + 16);
    const [sums, ...rows] = machine.place(6 * 8, ...sizes);
    const { run, bytes, doubles } = machine;
    doubles.fill(0, sums >> 3, (sums >> 3) + 6);
    for (let y = 0; y < height; y++) {
      const row = rows[y % (LAG + 1)]!;
      bytes.set(data.subarray(y * stride, (y + 1) * stride) as Uint8Array, row);
      run.addDifferences(row + 3 * LAG, row, width - LAG, sums);
      if (y >= LAG) run.addDifferences(row, rows[(y - LAG) % (LAG + 1)]!, width, sums);
    }
    return doubles.slice(sums >> 3, (sums >> 3) + 6);
  };

export const colourKernels = (machine: Machine): ColourKernels => ({
  toChannels: toChannelsKernel(machine),
  sumsOfDifferences: sumsKernel(machine),
});
