// The constants of src/matrices/dct.ts.
const C1: f64 = 0.49039264;
const C2: f64 = 0.46193977;
const C3: f64 = 0.41573481;
const C4: f64 = 0.35355339;
const C5: f64 = 0.27778512;
const C6: f64 = 0.19134172;
const C7: f64 = 0.09754516;

function times(x: v128, c: f64): v128 {
  return f64x2.mul(x, f64x2.splat(c));
}

/** a p + b q + c r + d s, from left to right. */
function sum4(p: v128, a: f64, q: v128, b: f64, r: v128, c: f64, s: v128, d: f64): v128 {
  return f64x2.add(f64x2.add(f64x2.add(times(p, a), times(q, b)), times(r, c)), times(s, d));
}

/**
 * Applies the filter across a border to two columns side by side: samples at p + n * step, two floats each. `w` points to sixteen doubles.
 */
function filterColumns(p: usize, step: usize, w: usize): void {
  const p1 = p + step;
  const p2 = p1 + step;
  const p3 = p2 + step;
  const p4 = p3 + step;
  const p5 = p4 + step;
  const p6 = p5 + step;
  const p7 = p6 + step;
  const x0 = f64x2.promote_low_f32x4(v128.load64_zero(p));
  const x1 = f64x2.promote_low_f32x4(v128.load64_zero(p1));
  const x2 = f64x2.promote_low_f32x4(v128.load64_zero(p2));
  const x3 = f64x2.promote_low_f32x4(v128.load64_zero(p3));
  const x4 = f64x2.promote_low_f32x4(v128.load64_zero(p4));
  const x5 = f64x2.promote_low_f32x4(v128.load64_zero(p5));
  const x6 = f64x2.promote_low_f32x4(v128.load64_zero(p6));
  const x7 = f64x2.promote_low_f32x4(v128.load64_zero(p7));
  const d0 = f64x2.sub(x0, x7);
  const d1 = f64x2.sub(x1, x6);
  const d2 = f64x2.sub(x2, x5);
  const d3 = f64x2.sub(x3, x4);
  filterPair(p, p7, f64x2.add(x0, x7), d0, d1, d2, d3, w);
  filterPair(p1, p6, f64x2.add(x1, x6), d0, d1, d2, d3, w + 32);
  filterPair(p2, p5, f64x2.add(x2, x5), d0, d1, d2, d3, w + 64);
  filterPair(p3, p4, f64x2.add(x3, x4), d0, d1, d2, d3, w + 96);
}

function weigh(d0: v128, d1: v128, d2: v128, d3: v128, w: usize): v128 {
  const two = f64x2.add(f64x2.mul(v128.load64_splat(w), d0), f64x2.mul(v128.load64_splat(w, 8), d1));
  const three = f64x2.add(two, f64x2.mul(v128.load64_splat(w, 16), d2));
  return f64x2.add(three, f64x2.mul(v128.load64_splat(w, 24), d3));
}

function filterPair(
  near: usize,
  far: usize,
  s: v128,
  d0: v128,
  d1: v128,
  d2: v128,
  d3: v128,
  w: usize,
): void {
  const f = weigh(d0, d1, d2, d3, w);
  v128.store64_lane(near, f32x4.demote_f64x2_zero(times(f64x2.add(s, f), 0.5)), 0);
  v128.store64_lane(far, f32x4.demote_f64x2_zero(times(f64x2.sub(s, f), 0.5)), 0);
}

/** Applies the filter across the border in the middle of eight rows of `width` floats, an even number. */
export function acrossColumns(rows: usize, width: i32, w: usize): void {
  const step = (<usize>width) << 2;
  for (let x = 0; x < width; x += 2) filterColumns(rows + ((<usize>x) << 2), step, w);
}

/** Applies the filter across the borders between blocks of eight or four, in `count` rows of `width` floats, an even number. */
export function acrossRows(rows: usize, width: i32, count: i32, block: i32, w: usize): void {
  const step = (<usize>width) << 2;
  for (let y = 0; y < count; y += 2, rows += 2 * step)
    for (let x = block - 4; x + 8 <= width; x += block) {
      const a = rows + ((<usize>x) << 2);
      const b = a + step;
      const aLow = v128.load(a);
      const aHigh = v128.load(a, 16);
      const bLow = v128.load(b);
      const bHigh = v128.load(b, 16);
      // Two rows at a time: each vector holds a sample of both.
      const x0 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aLow, bLow, 0, 4, 1, 5));
      const x1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aLow, bLow, 1, 5, 0, 4));
      const x2 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aLow, bLow, 2, 6, 3, 7));
      const x3 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aLow, bLow, 3, 7, 2, 6));
      const x4 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aHigh, bHigh, 0, 4, 1, 5));
      const x5 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aHigh, bHigh, 1, 5, 0, 4));
      const x6 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aHigh, bHigh, 2, 6, 3, 7));
      const x7 = f64x2.promote_low_f32x4(v128.shuffle<i32>(aHigh, bHigh, 3, 7, 2, 6));
      const d0 = f64x2.sub(x0, x7);
      const d1 = f64x2.sub(x1, x6);
      const d2 = f64x2.sub(x2, x5);
      const d3 = f64x2.sub(x3, x4);
      const s0 = f64x2.add(x0, x7);
      const s1 = f64x2.add(x1, x6);
      const s2 = f64x2.add(x2, x5);
      const s3 = f64x2.add(x3, x4);
      const f0 = weigh(d0, d1, d2, d3, w);
      const f1 = weigh(d0, d1, d2, d3, w + 32);
      const f2 = weigh(d0, d1, d2, d3, w + 64);
      const f3 = weigh(d0, d1, d2, d3, w + 96);
      const y0 = f32x4.demote_f64x2_zero(times(f64x2.add(s0, f0), 0.5));
      const y1 = f32x4.demote_f64x2_zero(times(f64x2.add(s1, f1), 0.5));
      const y2 = f32x4.demote_f64x2_zero(times(f64x2.add(s2, f2), 0.5));
      const y3 = f32x4.demote_f64x2_zero(times(f64x2.add(s3, f3), 0.5));
      const y4 = f32x4.demote_f64x2_zero(times(f64x2.sub(s3, f3), 0.5));
      const y5 = f32x4.demote_f64x2_zero(times(f64x2.sub(s2, f2), 0.5));
      const y6 = f32x4.demote_f64x2_zero(times(f64x2.sub(s1, f1), 0.5));
      const y7 = f32x4.demote_f64x2_zero(times(f64x2.sub(s0, f0), 0.5));
      putRows(a, b, y0, y1, y2, y3);
      putRows(a + 16, b + 16, y4, y5, y6, y7);
    }
}

/** Writes four samples of two rows: each vector has one of each row. */
function putRows(a: usize, b: usize, y0: v128, y1: v128, y2: v128, y3: v128): void {
  const low = v128.shuffle<i32>(y0, y1, 0, 4, 1, 5);
  const high = v128.shuffle<i32>(y2, y3, 0, 4, 1, 5);
  v128.store(a, v128.shuffle<i64>(low, high, 0, 2));
  v128.store(b, v128.shuffle<i64>(low, high, 1, 3));
}

/** Two inverse DCTs of eight doubles side by side, in place: number n at x + n * step. */
function inverseColumns(x: usize, step: usize): void {
  const x0 = v128.load(x);
  const x1 = v128.load(x + step);
  const x2 = v128.load(x + 2 * step);
  const x3 = v128.load(x + 3 * step);
  const x4 = v128.load(x + 4 * step);
  const x5 = v128.load(x + 5 * step);
  const x6 = v128.load(x + 6 * step);
  const x7 = v128.load(x + 7 * step);
  const a = times(f64x2.add(x0, x4), C4);
  const b = times(f64x2.sub(x0, x4), C4);
  const c = f64x2.add(times(x2, C2), times(x6, C6));
  const d = f64x2.sub(times(x2, C6), times(x6, C2));
  const e0 = f64x2.add(a, c);
  const e1 = f64x2.add(b, d);
  const e2 = f64x2.sub(b, d);
  const e3 = f64x2.sub(a, c);
  const o0 = sum4(x1, C1, x3, C3, x5, C5, x7, C7);
  // Subtracting a product is adding the product with the opposite factor, to the bit.
  const o1 = sum4(x1, C3, x3, -C7, x5, -C1, x7, -C5);
  const o2 = sum4(x1, C5, x3, -C1, x5, C7, x7, C3);
  const o3 = sum4(x1, C7, x3, -C5, x5, C3, x7, -C1);
  v128.store(x, f64x2.add(e0, o0));
  v128.store(x + step, f64x2.add(e1, o1));
  v128.store(x + 2 * step, f64x2.add(e2, o2));
  v128.store(x + 3 * step, f64x2.add(e3, o3));
  v128.store(x + 4 * step, f64x2.sub(e3, o3));
  v128.store(x + 5 * step, f64x2.sub(e2, o2));
  v128.store(x + 6 * step, f64x2.sub(e1, o1));
  v128.store(x + 7 * step, f64x2.sub(e0, o0));
}

/** Transposes 8 x 8 doubles from `x` to `to`. */
function transpose(x: usize, to: usize): void {
  for (let i: usize = 0; i < 8; i += 2)
    for (let j: usize = 0; j < 8; j += 2) {
      const a = v128.load(x + i * 64 + j * 8);
      const b = v128.load(x + i * 64 + 64 + j * 8);
      v128.store(to + j * 64 + i * 8, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(to + j * 64 + 64 + i * 8, v128.shuffle<i64>(a, b, 1, 3));
    }
}

/**
 * The inverse DCT of the 64 doubles at `x`, the last nonzero one at index `last` or before, as floats into rows `step` bytes apart.
 * Overwrites `x`; 512 bytes after it are scratch space.
 */
export function inverseBlock(x: usize, last: i32, out: usize, step: usize): void {
  const turned = x + 512;
  if (last === 0) {
    // All samples are the same.
    const v = <f32>((load<f64>(x) + 0) * C4 * C4);
    const all = f32x4.splat(v);
    for (let i = 0; i < 8; i++, out += step) {
      v128.store(out, all);
      v128.store(out, all, 16);
    }
    return;
  }
  transpose(x, turned);
  for (let i: usize = 0; i < 64; i += 16) {
    // Rows in pairs. Those after the last coefficient hold zeros, and stay so.
    if (<i32>(i >> 3) * 8 > last) break;
    inverseColumns(turned + i, 64);
  }
  transpose(turned, x);
  for (let j: usize = 0; j < 64; j += 16) inverseColumns(x + j, 64);
  for (let i = 0; i < 8; i++, out += step, x += 64)
    for (let j: usize = 0; j < 4; j++)
      v128.store64_lane(out + j * 8, f32x4.demote_f64x2_zero(v128.load(x + j * 16)), 0);
}

/** The results of `inverseFirst`: a function can only return one. */
let first0: v128 = f64x2.splat(0);
let first1: v128 = f64x2.splat(0);
let first2: v128 = f64x2.splat(0);
let first3: v128 = f64x2.splat(0);

/** The first four samples of two inverse DCTs of eight side by side, with only these even coefficients. */
function inverseFirst(x0: v128, x2: v128, x4: v128, x6: v128): void {
  const zero = f64x2.splat(0);
  const a = times(f64x2.add(x0, x4), C4);
  const b = times(f64x2.sub(x0, x4), C4);
  const c = f64x2.add(times(x2, C2), times(x6, C6));
  const d = f64x2.sub(times(x2, C6), times(x6, C2));
  // The results of the odd ones, zeros, are added too, so that no zero is negative.
  first0 = f64x2.add(f64x2.add(a, c), zero);
  first1 = f64x2.add(f64x2.add(b, d), zero);
  first2 = f64x2.add(f64x2.sub(b, d), zero);
  first3 = f64x2.add(f64x2.sub(a, c), zero);
}

/**
 * `inverseBlock` at half the size. Only the first four of the first four rows of the 64 doubles at `x` count; four rows of four floats come
 * out. Overwrites `x`.
 */
export function inverseHalf(x: usize, last: i32, out: usize, step: usize): void {
  if (last === 0) {
    const all = f32x4.splat(<f32>((load<f64>(x) + 0) * C4 * C4));
    for (let i = 0; i < 4; i++, out += step) v128.store(out, all);
    return;
  }
  // Rows in pairs: each vector holds a sample of both.
  for (let row = x; row < x + 256; row += 128) {
    const a = v128.load(row);
    const b = v128.load(row, 16);
    const c = v128.load(row, 64);
    const d = v128.load(row, 80);
    inverseFirst(
      v128.shuffle<i64>(a, c, 0, 2),
      v128.shuffle<i64>(a, c, 1, 3),
      v128.shuffle<i64>(b, d, 0, 2),
      v128.shuffle<i64>(b, d, 1, 3),
    );
    v128.store(row, v128.shuffle<i64>(first0, first1, 0, 2));
    v128.store(row, v128.shuffle<i64>(first2, first3, 0, 2), 16);
    v128.store(row, v128.shuffle<i64>(first0, first1, 1, 3), 64);
    v128.store(row, v128.shuffle<i64>(first2, first3, 1, 3), 80);
  }
  for (let j: usize = 0; j < 32; j += 16, out += 8) {
    const column = x + j;
    inverseFirst(v128.load(column), v128.load(column, 64), v128.load(column, 128), v128.load(column, 192));
    v128.store64_lane(out, f32x4.demote_f64x2_zero(first0), 0);
    v128.store64_lane(out + step, f32x4.demote_f64x2_zero(first1), 0);
    v128.store64_lane(out + 2 * step, f32x4.demote_f64x2_zero(first2), 0);
    v128.store64_lane(out + 3 * step, f32x4.demote_f64x2_zero(first3), 0);
  }
}

/** Two DCTs of eight doubles side by side, in place: number n at x + n * step. */
function forwardColumns(x: usize, step: usize): void {
  const x0 = v128.load(x);
  const x1 = v128.load(x + step);
  const x2 = v128.load(x + 2 * step);
  const x3 = v128.load(x + 3 * step);
  const x4 = v128.load(x + 4 * step);
  const x5 = v128.load(x + 5 * step);
  const x6 = v128.load(x + 6 * step);
  const x7 = v128.load(x + 7 * step);
  const e0 = f64x2.add(x0, x7);
  const e1 = f64x2.add(x1, x6);
  const e2 = f64x2.add(x2, x5);
  const e3 = f64x2.add(x3, x4);
  const o0 = f64x2.sub(x0, x7);
  const o1 = f64x2.sub(x1, x6);
  const o2 = f64x2.sub(x2, x5);
  const o3 = f64x2.sub(x3, x4);
  v128.store(x, times(f64x2.add(f64x2.add(f64x2.add(e0, e1), e2), e3), C4));
  v128.store(x + 4 * step, times(f64x2.add(f64x2.sub(f64x2.sub(e0, e1), e2), e3), C4));
  const outer = f64x2.sub(e0, e3);
  const inner = f64x2.sub(e1, e2);
  v128.store(x + 2 * step, f64x2.add(times(outer, C2), times(inner, C6)));
  v128.store(x + 6 * step, f64x2.sub(times(outer, C6), times(inner, C2)));
  v128.store(x + step, sum4(o0, C1, o1, C3, o2, C5, o3, C7));
  v128.store(x + 3 * step, sum4(o0, C3, o1, -C7, o2, -C1, o3, -C5));
  v128.store(x + 5 * step, sum4(o0, C5, o1, -C1, o2, C7, o3, C3));
  v128.store(x + 7 * step, sum4(o0, C7, o1, -C5, o2, C3, o3, -C1));
}

/**
 * The DCT of `cols` blocks side by side, in eight rows of 8 cols floats at `rows`, times the 64 doubles at `scale`: 64 floats a block at
 * `out`. If a block's byte at `wanted` is 0, only its first number is computed and the others stay. `wanted` may be 0: then all are
 * computed. `work` is scratch space of 1,024 bytes.
 */
export function forwardBlocks(
  rows: usize,
  cols: i32,
  scale: usize,
  wanted: usize,
  out: usize,
  work: usize,
): void {
  const step = <usize>cols * 32;
  const turned = work + 512;
  for (let b = 0; b < cols; b++, rows += 32, out += 256) {
    if (wanted !== 0 && load<u8>(wanted + b) === 0) {
      let sum: f64 = 0;
      for (let i: usize = 0; i < 8; i++)
        for (let j: usize = 0; j < 32; j += 4) sum += <f64>load<f32>(rows + i * step + j);
      store<f32>(out, <f32>((sum / 8) * load<f64>(scale)));
      continue;
    }
    for (let i: usize = 0; i < 8; i++)
      for (let j: usize = 0; j < 4; j++)
        v128.store(
          work + i * 64 + j * 16,
          f64x2.promote_low_f32x4(v128.load64_zero(rows + i * step + j * 8)),
        );
    transpose(work, turned);
    for (let i: usize = 0; i < 64; i += 16) forwardColumns(turned + i, 64);
    transpose(turned, work);
    for (let j: usize = 0; j < 64; j += 16) forwardColumns(work + j, 64);
    for (let k: usize = 0; k < 32; k++) {
      const scaled = f64x2.mul(v128.load(work + k * 16), v128.load(scale + k * 16));
      v128.store64_lane(out + k * 8, f32x4.demote_f64x2_zero(scaled), 0);
    }
  }
}

/**
 * The inverse DCTs of `cols` blocks side by side, 64 floats each at `u`, divided by the 64 doubles at `norms`, into rows `step` bytes
 * apart. `work` is scratch space of 1,024 bytes.
 */
export function inverseBlocks(u: usize, cols: i32, norms: usize, out: usize, step: usize, work: usize): void {
  for (let b = 0; b < cols; b++, u += 256, out += 32) {
    for (let k: usize = 0; k < 32; k++) {
      const x = f64x2.promote_low_f32x4(v128.load64_zero(u + k * 8));
      v128.store(work + k * 16, f64x2.div(x, v128.load(norms + k * 16)));
    }
    inverseBlock(work, 63, out, step);
  }
}

/** Subtracts the floats at `less` from those at `data`; their number is a multiple of four. */
export function subtract(data: usize, less: usize, count: i32): void {
  for (let end = data + ((<usize>count) << 2); data < end; data += 16, less += 16)
    v128.store(data, f32x4.sub(v128.load(data), v128.load(less)));
}
