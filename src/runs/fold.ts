import { DCT } from './cosines.js';
import { LONGEST, type Runs } from './runs.js';

/** The transpose of `unfold`, which is orthonormal, in place: element k of block b is at u[b * 64 + k], `cols` blocks a row. */
export function fold(u: Float32Array, cols: number, positions: Int32Array, runs: Runs): void {
  for (let direction = 0; direction < 2; direction++) {
    const hop = (direction ? 1 : cols) * 64;
    for (let b = 0; b < positions.length; b++) {
      const l = runs[direction]![positions[b]!]!;
      if (!l || l > LONGEST) continue;
      for (let f = 1; f < 8; f++) foldLine(u, b * 64 + (direction ? 8 * f : f), hop, l);
    }
  }
}

const x = new Float64Array(1 << LONGEST);

/** The DCT of 2^l numbers at u[at + n * hop], in place. */
export function foldLine(u: Float32Array | Float64Array, at: number, hop: number, l: number): void {
  const n = 1 << l;
  const dct = DCT[l]!;
  for (let j = 0; j < n; j++) x[j] = u[at + j * hop]!;
  for (let f = 0; f < n; f++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += dct[f * n + j]! * x[j]!;
    u[at + f * hop] = sum;
  }
}
