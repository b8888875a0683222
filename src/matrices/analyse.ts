import { extend, type Plane } from '../core/plane.js';
import type { Grid } from './blocks.js';
import { forward4, forward8 } from './dct.js';
import { lap } from './lap.js';
import { NORMS } from './lapping.js';

/**
 * Channel -> X V for V the lapped DCT basis: a (rows x cols) x block^2 array, one row a block in raster order, element u * block + v the
 * coefficient of vertical frequency u and horizontal frequency v, times the norm of its atom.
 */
export function analyse(channel: Plane, grid: Grid): Float32Array {
  const { block, cols, rows } = grid;
  const forward = block === 8 ? forward8 : forward4;
  const size = block * block;
  const lapped = extend(channel, cols * block, rows * block);
  lap(lapped, block);
  const out = new Float32Array(rows * cols * size);
  const x = new Float64Array(size);
  const norms = NORMS[block];
  for (let b = 0; b < rows * cols; b++) {
    const from = Math.floor(b / cols) * block * lapped.width + (b % cols) * block;
    for (let i = 0; i < size; i++)
      x[i] = lapped.data[from + Math.floor(i / block) * lapped.width + (i % block)]!;
    for (let i = 0; i < block; i++) forward(x, i * block, 1);
    for (let i = 0; i < block; i++) forward(x, i, block);
    for (let k = 0; k < size; k++) out[b * size + k] = x[k]! * norms[k]!;
  }
  return out;
}
