import type { Plane } from '../core/plane.js';
import { sparePlane } from '../core/spare.js';
import type { AnalysisKernels } from '../matrices/analysis-kernels.js';
import { type Grid, synthesise } from '../matrices/blocks.js';
import { across, INVERSES } from '../matrices/lapping.js';
import { transform } from '../matrices/transform.js';
import type { Machine } from './machine.js';

/** The overlap of blocks of 8, in place. */
function across8(machine: Machine, { data, width, height }: Plane, w: number[]): void {
  const { run } = machine;
  const [band, weights] = machine.place(8 * width * 4, 16 * 8) as [number, number];
  const { floats, doubles } = machine;
  doubles.set(w, weights >> 3);
  // Eight rows around each border between blocks, and the four before the first and after the last.
  for (let y = -4; y < height; y += 8) {
    const from = Math.max(0, y);
    const rows = Math.min(height, y + 8) - from;
    const samples = data.subarray(from * width, (from + rows) * width);
    floats.set(samples, band >> 2);
    if (rows === 8) run.acrossColumns(band, width, weights);
    run.acrossRows(band, width, rows, 8, weights);
    samples.set(floats.subarray(band >> 2, (band >> 2) + rows * width));
  }
}

/** Matrix -> channel, for blocks of 8: a row of them at a time, below the last four rows of samples of those before, which its overlap changes. */
export const synthesiseKernel =
  (machine: Machine): typeof synthesise =>
  (grid, side, fill) => {
    if (grid.block !== 8) return synthesise(grid, side, fill);
    const { cols } = grid;
    const width = cols * side;
    const [coefficients, band, weights] = machine.place(1024, (4 + side) * width * 4, 16 * 8) as [
      number,
      number,
      number,
    ];
    const { run, doubles } = machine;
    const inverse = side === 8 ? run.inverseBlock : run.inverseHalf;
    const x = doubles.subarray(coefficients >> 3, (coefficients >> 3) + 64);
    return synthesiseRows(machine, { band, weights }, grid, side, (from, to, at) => {
      for (let b = from; b < to; b++, at += 4 * side) {
        x.fill(0);
        inverse(coefficients, fill(b, x), at, width * 4);
      }
    });
  };

/** Matrix -> channel, a row of blocks at a time: `fill` puts the blocks from `from` to `to` before their overlap is undone at an address, in rows of the channel's width. The band has four rows more than blocks have. */
export function synthesiseRows(
  { run, bytes, floats, doubles }: Pick<Machine, 'run' | 'bytes' | 'floats' | 'doubles'>,
  { band, weights }: { band: number; weights: number },
  { cols, rows }: Omit<Grid, 'block'>,
  side: 4 | 8,
  fill: (from: number, to: number, at: number) => void,
): Plane {
  const out = sparePlane(cols * side, rows * side);
  const { width } = out;
  doubles.set(INVERSES[side], weights >> 3);
  const [four, all] = [16 * width, 4 * side * width];
  /** Hands over rows of the band, which nothing below them changes any more; y is that of the band's first. */
  const finish = (y: number, from: number, to: number): void => {
    run.acrossRows(band + 4 * from * width, width, to - from, side, weights);
    const at = band >> 2;
    out.data.set(floats.subarray(at + from * width, at + to * width), (y + from) * width);
  };
  for (let row = 0; row < rows; row++) {
    fill(row * cols, (row + 1) * cols, band + four);
    if (row) run.acrossColumns(band, width, weights);
    finish(row * side - 4, row ? 0 : 4, side);
    bytes.copyWithin(band, band + all, band + all + four);
  }
  finish(rows * side - 4, 0, 4);
  return out;
}

/** Channel -> matrix, for blocks of 8. */
export const analysisKernels = (machine: Machine): AnalysisKernels => ({
  across(of, block, w) {
    if (block === 8) across8(machine, of, w);
    else across(of, block, w);
  },
  transform(of: Plane, grid: Grid, scale: Float64Array, out: Float32Array, wanted?: Uint8Array) {
    const { block, cols, rows } = grid;
    if (block !== 8) return transform(of, grid, scale, out, wanted);
    const size = 64 * cols;
    const [band, scales, asked, made, work] = machine.place(size * 4, 512, cols, size * 4, 1024) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const { run, bytes, floats, doubles } = machine;
    doubles.set(scale, scales >> 3);
    for (let row = 0; row < rows; row++) {
      floats.set(of.data.subarray(row * size, (row + 1) * size), band >> 2);
      if (wanted) {
        bytes.set(wanted.subarray(row * cols, (row + 1) * cols), asked);
        floats.set(out.subarray(row * size, (row + 1) * size), made >> 2); // most of what is not wanted stays
      }
      run.forwardBlocks(band, cols, scales, wanted ? asked : 0, made, work);
      out.set(floats.subarray(made >> 2, (made >> 2) + size), row * size);
    }
  },
});
