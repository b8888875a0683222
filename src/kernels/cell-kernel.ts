import { CHANGED_BITS, FRESH_BITS, type freshPixels } from '../encode/cells/fresh-pixels.js';
import type { Machine } from './machine.js';

/** Pixels before and after a row that a kernel reads or writes. */
const BESIDE = 8;

/** Counts pixels with fresh colours. */
export const cellKernel =
  (machine: Machine): typeof freshPixels =>
  ({ width, height, channels, data }, { cols, exact }) => {
    const row = width * channels;
    const stride = 4 * (width + 2 * BESIDE);
    const [samples, colours, fresh, bits] = machine.place(
      row + 16,
      3 * stride,
      exact.length,
      2 * exact.length,
    );
    const { run, bytes } = machine;
    bytes.fill(0, colours, colours + 3 * stride);
    bytes.fill(0, fresh, fresh + exact.length);
    bytes.fill(0, bits, bits + 2 * exact.length);
    const rowAt = (y: number): number => colours + ((y + 3) % 3) * stride + 4 * BESIDE;
    for (let y = 0; y < height; y++) {
      bytes.set(data.subarray(y * row, (y + 1) * row) as Uint8Array, samples);
      const first = (y >> 3) * cols;
      run.freshRow(
        samples,
        channels,
        width,
        rowAt(y),
        rowAt(y - 1),
        rowAt(y - 2),
        fresh + first,
        bits + 2 * first,
        FRESH_BITS,
        CHANGED_BITS,
      );
    }
    return {
      fresh: bytes.slice(fresh, fresh + exact.length),
      bits: new Uint16Array(bytes.slice(bits, bits + 2 * exact.length).buffer),
    };
  };
