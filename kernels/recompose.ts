// src/planes/recompose.ts and the synthesis after it, for channels on the DCT basis.

import { inverseBlock, inverseHalf } from './transform';

/** A channel's U, and the layout of a block: addresses, and distances in bytes. src/kernels/recompose-kernel.ts fills it. */
@unmanaged
class Rows {
  /** By block: positions, 32 bits, and columns in use, bytes. */
  positions: usize;
  ends: usize;
  /** By position: plane 0, doubles; marks of runs along columns and rows, bytes; exponents of coarse and of fine rows, signed bytes. */
  plane0: usize;
  columns: usize;
  rows: usize;
  coarse: usize;
  fine: usize;
  /** Number of planes kept, in order; see ShownPlane. */
  rank: i32;
  planes: usize;
  /** From one row of positions to the next. */
  stride: i32;
  /** By the binary logarithm of a run's length, the address of its DCT, 32 bits. */
  cosines: usize;
  /** Scratch space, 1,536 bytes. */
  work: usize;
}

/** A plane in the order. */
@unmanaged
class ShownPlane {
  /** Factor for its values, before the step. */
  scale: f64;
  /** Steps of its column at row 0: doubles. */
  steps: usize;
  /** Its values, 32 bits by position. */
  values: usize;
  /** Offset of its coefficient in a block. */
  within: usize;
  /** Does it use fine rows? */
  fine: i32;
  /** Marks of the runs that take it, 0 for none, and the distance between their blocks. */
  marks: usize;
  hop: i32;
}

/** unfold of src/runs/unfold.ts. */
function unfold(v: Rows, plane: ShownPlane, i: i32): f64 {
  let first = i;
  let f = 0;
  while (load<u8>(plane.marks + <usize>first) > 7) {
    first -= plane.hop;
    f++;
  }
  const l = <i32>load<u8>(plane.marks + <usize>first);
  const dct = load<usize>(v.cosines + ((<usize>l) << 2));
  let weight: f64 = 0;
  for (let at = first; f < 1 << (2 * l); f += 1 << l, at += plane.hop) {
    const value = load<i32>(plane.values + ((<usize>at) << 2));
    if (value) weight += <f64>value * load<f64>(dct + ((<usize>f) << 3));
  }
  return weight;
}

/** Blocks from `from` to `to`, side by side, into rows of floats `step` bytes apart; with `side` 4 at half the size. */
export function recomposeRow(at: usize, from: i32, to: i32, side: i32, out: usize, step: usize): void {
  const v = changetype<Rows>(at);
  const x = v.work;
  const zero = i32x4.splat(0);
  for (let b = from; b < to; b++, out += (<usize>side) << 2) {
    for (let n: usize = 0; n < 512; n += 16) v128.store(x + n, zero);
    const i = load<i32>(v.positions + ((<usize>b) << 2));
    const p = (<usize>i) << 2;
    const coarse = (<usize>load<i8>(v.coarse + <usize>i)) << 3;
    const fine = (<usize>load<i8>(v.fine + <usize>i)) << 3;
    const end = min(v.rank, <i32>load<u8>(v.ends + <usize>b));
    const first = changetype<ShownPlane>(v.planes);
    store<f64>(x, load<f64>(v.plane0 + 2 * p) * first.scale * load<f64>(first.steps));
    let last: usize = 0;
    for (let n = 1; n < end; n++) {
      const plane = changetype<ShownPlane>(v.planes + <usize>n * offsetof<ShownPlane>());
      const value = load<i32>(plane.values + p);
      if (value) {
        const step = load<f64>(plane.steps + (plane.fine ? fine : coarse));
        store<f64>(x + plane.within, <f64>value * plane.scale * step);
        last = max(last, plane.within);
      }
    }
    if (load<u8>(v.columns + <usize>i) | load<u8>(v.rows + <usize>i))
      for (let n = 1; n < v.rank; n++) {
        const plane = changetype<ShownPlane>(v.planes + <usize>n * offsetof<ShownPlane>());
        if (!plane.marks || !load<u8>(plane.marks + <usize>i)) continue;
        const step = load<f64>(plane.steps + (plane.fine ? fine : coarse));
        store<f64>(x + plane.within, unfold(v, plane, i) * plane.scale * step);
        last = max(last, plane.within);
      }
    if (side === 8) inverseBlock(x, <i32>(last >> 3), out, step);
    else inverseHalf(x, <i32>(last >> 3), out, step);
  }
}
