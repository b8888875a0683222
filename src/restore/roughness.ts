import { clamp, PAD, type Samples } from './samples.js';

/**
 * For each 4x4 block the sums, over its four cells of 2x2 samples and the twelve around them (the last ones again at the edges), of the absolute
 * second differences at the two samples on a cell's diagonal: across, down, along the diagonal, along the other diagonal.
 */
export function roughness({ width, height, stride, data }: Samples): Int32Array[] {
  const cols = width >> 2;
  const rows = height >> 2;
  const cell = new Int32Array(cols * 2 + 2);
  return [1, stride, stride + 1, stride - 1].map(o => {
    const sums = new Int32Array(cols * rows);
    for (let y = 0; y < rows * 2; y++) {
      let p = (2 * y + PAD) * stride + PAD;
      for (let x = 1; x <= cols * 2; x++, p += 2) {
        const q = p + stride + 1;
        cell[x] =
          Math.abs(2 * data[p]! - data[p - o]! - data[p + o]!) +
          Math.abs(2 * data[q]! - data[q - o]! - data[q + o]!);
      }
      cell[0] = cell[1]!;
      cell[cols * 2 + 1] = cell[cols * 2]!;
      // A row of cells belongs to its own blocks and to those it touches, above or below; at the edges it counts again.
      const own = (y >> 1) * cols;
      const other = clamp(0, (y >> 1) + (y & 1 ? 1 : -1), rows - 1) * cols;
      for (let b = 0, x = 0; b < cols; b++, x += 2) {
        const sum = cell[x]! + cell[x + 1]! + cell[x + 2]! + cell[x + 3]!;
        sums[own + b]! += sum;
        sums[other + b]! += sum;
      }
    }
    return sums;
  });
}
