import type { Plane } from '../core/plane.js';
import type { Grid } from './blocks.js';
import { forward4, forward8 } from './dct.js';

/** The DCT of every block of `lapped`, coefficient k times scale[k]; only plane 0 of blocks that are not `wanted`. */
export function transform(
  { data, width }: Plane,
  { block, cols, rows }: Grid,
  scale: Float64Array,
  out: Float32Array,
  wanted?: Uint8Array,
): void {
  const forward = block === 8 ? forward8 : forward4;
  const size = block * block;
  const x = new Float64Array(size);
  for (let b = 0; b < rows * cols; b++) {
    let from = Math.floor(b / cols) * block * width + (b % cols) * block;
    if (wanted && !wanted[b]) {
      let sum = 0;
      for (let i = 0; i < block; i++, from += width) for (let j = 0; j < block; j++) sum += data[from + j]!;
      out[b * size] = (sum / block) * scale[0]!;
      continue;
    }
    for (let i = 0; i < size; i += block, from += width) {
      for (let j = 0; j < block; j++) x[i + j] = data[from + j]!;
      forward(x, i, 1);
    }
    for (let i = 0; i < block; i++) forward(x, i, block);
    for (let k = 0, to = b * size; k < size; k++, to++) out[to] = x[k]! * scale[k]!;
  }
}
