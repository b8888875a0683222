import type { Plane } from '../core/plane.js';
import { sparePlane } from '../core/spare.js';
import type { AnalysisKernels } from '../matrices/analysis-kernels.js';
import { type Grid, synthesise } from '../matrices/blocks.js';
import { lappedDifference } from '../matrices/lapped-difference.js';
import { type Lapping, lappedTransform } from '../matrices/lapped-transform.js';
import { INVERSES, NORMS8 } from '../matrices/lapping.js';
import type { Machine } from './machine.js';

/**
 * Matrix -> channel, for blocks of 8, one row of blocks at a time. The four rows of samples above it are kept, since its overlap changes
 * them.
 */
export const synthesiseKernel =
  (machine: Machine): typeof synthesise =>
  (grid, side, fill) => {
    if (grid.block !== 8) return synthesise(grid, side, fill);
    const { cols } = grid;
    const width = cols * side;
    const [coefficients, band, weights] = machine.place(1024, (4 + side) * width * 4, 16 * 8);
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

/**
 * Matrix -> channel, one row of blocks at a time. `fill` writes the blocks from `from` to `to`, before their overlap is undone, to an
 * address, in rows of the channel's width. The band has four rows more than a block.
 */
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
  const [fourRows, blockRow] = [16 * width, 4 * side * width];
  /** Copies out rows of the band that no later row of blocks changes; y is that of the band's first row. */
  const finish = (y: number, from: number, to: number): void => {
    run.acrossRows(band + 4 * from * width, width, to - from, side, weights);
    const at = band >> 2;
    out.data.set(floats.subarray(at + from * width, at + to * width), (y + from) * width);
  };
  for (let row = 0; row < rows; row++) {
    fill(row * cols, (row + 1) * cols, band + fourRows);
    if (row) run.acrossColumns(band, width, weights);
    finish(row * side - 4, row ? 0 : 4, side);
    bytes.copyWithin(band, band + blockRow, band + blockRow + fourRows);
  }
  finish(rows * side - 4, 0, 4);
  return out;
}

/** Rows of samples that a row of blocks and the overlap below it need. */
const BAND = 12;

/** Channel -> matrix, for blocks of 8, one row of blocks at a time. */
function takeApart(
  machine: Machine,
  channel: Plane,
  { cols, rows }: Grid,
  { w, scale }: Lapping,
  out: Float32Array,
  less?: Plane,
  wanted?: Uint8Array,
): void {
  const width = 8 * cols;
  const size = 64 * cols;
  const row = 4 * width;
  const [band, subtracted, weights, scales, asked, made, work] = machine.place(
    BAND * row,
    (BAND - 4) * row,
    16 * 8,
    64 * 8,
    cols,
    4 * size,
    1024,
  );
  const { run, bytes, floats, doubles } = machine;
  doubles.set(w, weights >> 3);
  doubles.set(scale, scales >> 3);
  /** Copies the channel's rows from y on into the band, from its nth row on. */
  const load = (y: number, n: number, count: number): void => {
    const to = band + n * row;
    for (let i = 0; i < count; i++) {
      const from = Math.min(y + i, channel.height - 1) * channel.width;
      const at = (to + i * row) >> 2;
      floats.set(channel.data.subarray(from, from + channel.width), at);
      if (channel.width < width) floats.fill(floats[at + channel.width - 1]!, at + channel.width, at + width);
    }
    if (!less) return;
    floats.set(less.data.subarray(y * width, (y + count) * width), subtracted >> 2);
    run.subtract(to, subtracted, count * width);
  };
  load(0, 0, 4);
  for (let at = 0; at < rows; at++) {
    const last = at === rows - 1;
    load(8 * at + 4, 4, last ? 4 : 8);
    if (!last) run.acrossColumns(band + 4 * row, width, weights);
    run.acrossRows(band, width, 8, 8, weights);
    if (wanted) {
      bytes.set(wanted.subarray(at * cols, (at + 1) * cols), asked);
      floats.set(out.subarray(at * size, (at + 1) * size), made >> 2); // blocks that are not wanted keep theirs
    }
    run.forwardBlocks(band, cols, scales, wanted ? asked : 0, made, work);
    out.set(floats.subarray(made >> 2, (made >> 2) + size), at * size);
    bytes.copyWithin(band, band + 8 * row, band + BAND * row);
  }
}

/** Channel -> matrix and back, for blocks of 8. */
export const analysisKernels = (machine: Machine): AnalysisKernels => ({
  lappedTransform(channel, grid, lapping, out, wanted) {
    if (grid.block === 8) takeApart(machine, channel, grid, lapping, out, undefined, wanted);
    else lappedTransform(channel, grid, lapping, out, wanted);
  },

  lappedDifference(channel, less, grid, lapping, out, wanted) {
    if (grid.block === 8) takeApart(machine, channel, grid, lapping, out, less, wanted);
    else lappedDifference(channel, less, grid, lapping, out, wanted);
  },

  synthesiseAll(u, grid) {
    const { cols } = grid;
    const width = 8 * cols;
    const [from, norms, work, band, weights] = machine.place(
      256 * cols,
      64 * 8,
      1024,
      BAND * 4 * width,
      16 * 8,
    );
    const { run, floats, doubles } = machine;
    doubles.set(NORMS8, norms >> 3);
    return synthesiseRows(machine, { band, weights }, grid, 8, (first, end, at) => {
      floats.set(u.subarray(64 * first, 64 * end), from >> 2);
      run.inverseBlocks(from, cols, norms, at, 4 * width, work);
    });
  },
});
