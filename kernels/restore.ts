/** Largest sample, either sign: that of src/restore/samples.ts. */
const LARGEST: f64 = 8191;

/** floor(16 x + 1/2), clamped: two floats to two integers, the lower two of four. */
function rounded(x: v128): v128 {
  const y = f64x2.floor(f64x2.add(f64x2.mul(f64x2.promote_low_f32x4(x), f64x2.splat(16)), f64x2.splat(0.5)));
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.min(f64x2.max(y, f64x2.splat(-LARGEST)), f64x2.splat(LARGEST)));
}

/** `count` floats, a multiple of 8, to samples of 16 bits. */
export function toSamples(from: usize, count: i32, to: usize): void {
  for (let i = 0; i < count; i += 8, from += 32, to += 16) {
    const a = v128.shuffle<i64>(rounded(v128.load64_zero(from)), rounded(v128.load64_zero(from, 8)), 0, 2);
    const b = v128.shuffle<i64>(
      rounded(v128.load64_zero(from, 16)),
      rounded(v128.load64_zero(from, 24)),
      0,
      2,
    );
    v128.store(to, i16x8.narrow_i32x4_s(a, b));
  }
}

/** |2 s - a - b| of eight samples, where `mask` is set. */
function bend(s: v128, a: v128, b: v128, mask: v128): v128 {
  return v128.and(i16x8.abs(i16x8.sub(i16x8.sub(s, a), b)), mask);
}

function total(sums: v128): i32 {
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

/** The four sums of chooseFilters for each of `blocks` blocks side by side, the first with its first sample at `p`. */
export function activities(p: usize, stride: i32, blocks: i32, out: usize): void {
  const row = (<usize>stride) << 1;
  const even = i32x4.splat(0xffff);
  const odd = v128.not(even);
  for (let b = 0; b < blocks; b++, p += 16, out += 16) {
    let across = i32x4.splat(0);
    let down = i32x4.splat(0);
    let one = i32x4.splat(0);
    let other = i32x4.splat(0);
    for (let y = 0, q = p; y < 8; y++, q += row) {
      const mask = y & 1 ? odd : even;
      const s = v128.load(q);
      const twice = i16x8.add(s, s);
      const n = q - row;
      const m = q + row;
      across = i32x4.add(
        across,
        i32x4.extadd_pairwise_i16x8_s(bend(twice, v128.load(q - 2), v128.load(q + 2), mask)),
      );
      down = i32x4.add(down, i32x4.extadd_pairwise_i16x8_s(bend(twice, v128.load(n), v128.load(m), mask)));
      one = i32x4.add(
        one,
        i32x4.extadd_pairwise_i16x8_s(bend(twice, v128.load(n - 2), v128.load(m + 2), mask)),
      );
      other = i32x4.add(
        other,
        i32x4.extadd_pairwise_i16x8_s(bend(twice, v128.load(n + 2), v128.load(m - 2), mask)),
      );
    }
    store<i32>(out, total(across));
    store<i32>(out, total(down), 4);
    store<i32>(out, total(one), 8);
    store<i32>(out, total(other), 12);
  }
}

/** Eight differences, each clipped to `bound`, either sign. */
function clip(d: v128, bound: v128): v128 {
  return i16x8.min_s(i16x8.max_s(d, i16x8.neg(bound)), bound);
}

/** The sum of two clipped differences from s. */
function clips(a: v128, b: v128, s: v128, bound: v128): v128 {
  return i16x8.add(clip(i16x8.sub(a, s), bound), clip(i16x8.sub(b, s), bound));
}

/** Adds the wide and narrow differences of one pair, times both coefficients, to `sums` of four pixels. */
function addLow(sums: v128, wide: v128, narrow: v128, pair: usize): v128 {
  const both = v128.shuffle<i16>(wide, narrow, 0, 8, 1, 9, 2, 10, 3, 11);
  return i32x4.add(sums, i32x4.dot_i16x8_s(both, v128.load32_splat(pair)));
}

function addHigh(sums: v128, wide: v128, narrow: v128, pair: usize): v128 {
  const both = v128.shuffle<i16>(wide, narrow, 4, 12, 5, 13, 6, 14, 7, 15);
  return i32x4.add(sums, i32x4.dot_i16x8_s(both, v128.load32_splat(pair)));
}

/**
 * Filters a row of `blocks` blocks, the first with its first sample at `p`, into eight rows of 8 blocks floats. `chosen` has a byte a
 * block: which of `filters`, each six pairs of 16-bit coefficients, wide and narrow.
 */
export function applyFilter(
  p: usize,
  stride: i32,
  blocks: i32,
  chosen: usize,
  filters: usize,
  wide: i32,
  narrow: i32,
  out: usize,
): void {
  const row = (<usize>stride) << 1;
  const step = (<usize>blocks) << 5;
  const w = i16x8.splat(<i16>wide);
  const n = i16x8.splat(<i16>narrow);
  for (let b = 0; b < blocks; b++, p += 16, out += 32) {
    const filter = filters + <usize>load<u8>(chosen + b) * 24;
    for (let y = 0, q = p, to = out; y < 8; y++, q += row, to += step) {
      const s = v128.load(q);
      let low = i32x4.splat(128);
      let high = i32x4.splat(128);
      const above = q - row;
      const below = q + row;
      let far: v128;
      let near: v128;
      far = clips(v128.load(q + 2), v128.load(q - 2), s, w);
      near = clips(v128.load(q + 2), v128.load(q - 2), s, n);
      low = addLow(low, far, near, filter);
      high = addHigh(high, far, near, filter);
      far = clips(v128.load(below), v128.load(above), s, w);
      near = clips(v128.load(below), v128.load(above), s, n);
      low = addLow(low, far, near, filter + 4);
      high = addHigh(high, far, near, filter + 4);
      far = clips(v128.load(below + 2), v128.load(above - 2), s, w);
      near = clips(v128.load(below + 2), v128.load(above - 2), s, n);
      low = addLow(low, far, near, filter + 8);
      high = addHigh(high, far, near, filter + 8);
      far = clips(v128.load(below - 2), v128.load(above + 2), s, w);
      near = clips(v128.load(below - 2), v128.load(above + 2), s, n);
      low = addLow(low, far, near, filter + 12);
      high = addHigh(high, far, near, filter + 12);
      far = clips(v128.load(q + 4), v128.load(q - 4), s, w);
      near = clips(v128.load(q + 4), v128.load(q - 4), s, n);
      low = addLow(low, far, near, filter + 16);
      high = addHigh(high, far, near, filter + 16);
      far = clips(v128.load(below + row), v128.load(above - row), s, w);
      near = clips(v128.load(below + row), v128.load(above - row), s, n);
      low = addLow(low, far, near, filter + 20);
      high = addHigh(high, far, near, filter + 20);
      const sixteenth = f32x4.splat(0.0625);
      const first = i32x4.add(i32x4.extend_low_i16x8_s(s), i32x4.shr_s(low, 8));
      const second = i32x4.add(i32x4.extend_high_i16x8_s(s), i32x4.shr_s(high, 8));
      v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(first), sixteenth));
      v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(second), sixteenth), 16);
    }
  }
}

/** |a + m| - |a - n|. */
function clipped(a: v128, m: v128, n: v128): v128 {
  return f64x2.sub(f64x2.abs(f64x2.add(a, m)), f64x2.abs(f64x2.sub(a, n)));
}

function pair(p: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

/**
 * Smooths a row of `blocks` blocks, the first with its first sample at `p`, into eight rows of 8 blocks floats. Rows are `stride` floats
 * apart, with two more samples on every side. `coded` has a byte a block.
 */
export function smooth(p: usize, stride: i32, blocks: i32, coded: usize, bound: f64, out: usize): void {
  const row = (<usize>stride) << 2;
  const step = (<usize>blocks) << 5;
  const bounds = f64x2.splat(bound);
  for (let b = 0; b < blocks; b++, p += 32, out += 32) {
    const half = f64x2.splat(load<u8>(coded + b) ? 0.109375 : 0.21875);
    for (let y = 0, q = p, to = out; y < 8; y++, q += row, to += step)
      for (let x: usize = 0; x < 32; x += 8) {
        const at = q + x;
        const s = pair(at);
        const m = f64x2.sub(bounds, s);
        const n = f64x2.add(bounds, s);
        const sums = f64x2.add(
          f64x2.add(
            f64x2.add(clipped(pair(at - 8), m, n), clipped(pair(at + 8), m, n)),
            clipped(pair(at - 2 * row), m, n),
          ),
          clipped(pair(at + 2 * row), m, n),
        );
        v128.store64_lane(to + x, f32x4.demote_f64x2_zero(f64x2.add(s, f64x2.mul(half, sums))), 0);
      }
  }
}

// Eight pixels of a 4x4 block, those of one colour of a chessboard, from its four rows, which begin two samples before it. Or their
// neighbours `x` samples away.
function pickM2(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<i16>(a, b, 0, 2, 9, 11, 0, 0, 0, 0);
  return v128.shuffle<i64>(ab, v128.shuffle<i16>(c, d, 0, 2, 9, 11, 0, 0, 0, 0), 0, 2);
}
function pickM1(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<i16>(a, b, 1, 3, 10, 12, 0, 0, 0, 0);
  return v128.shuffle<i64>(ab, v128.shuffle<i16>(c, d, 1, 3, 10, 12, 0, 0, 0, 0), 0, 2);
}
function pick0(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<i16>(a, b, 2, 4, 11, 13, 0, 0, 0, 0);
  return v128.shuffle<i64>(ab, v128.shuffle<i16>(c, d, 2, 4, 11, 13, 0, 0, 0, 0), 0, 2);
}
function pickP1(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<i16>(a, b, 3, 5, 12, 14, 0, 0, 0, 0);
  return v128.shuffle<i64>(ab, v128.shuffle<i16>(c, d, 3, 5, 12, 14, 0, 0, 0, 0), 0, 2);
}
function pickP2(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = v128.shuffle<i16>(a, b, 4, 6, 13, 15, 0, 0, 0, 0);
  return v128.shuffle<i64>(ab, v128.shuffle<i16>(c, d, 4, 6, 13, 15, 0, 0, 0, 0), 0, 2);
}

/** Stores the clipped sums of one pair for the products: tap `tap` wide, tap + 6 narrow. */
function putTap(f: usize, tap: usize, a: v128, b: v128, s: v128, wide: v128, narrow: v128): void {
  v128.store(f + tap * 16, clips(a, b, s, wide));
  v128.store(f + tap * 16 + 96, clips(a, b, s, narrow));
}

/** Sums of one filter: 78 products of taps, two halves of 64 bits each, and 12 of a tap and the error, doubles. */
export const FILTER_BYTES: i32 = 78 * 16 + 12 * 8;

/**
 * Adds the products of every `hop`th 4x4 block of a row, from `begin` to before `end`, to `sums`. `rows` are eight rows of samples, the
 * first two above the blocks, each beginning two samples before them; `original` four rows of floats; `chosen` a byte for every second
 * block. `f` points to 192 bytes of scratch space, with 64 after them.
 */
export function gatherStatistics(
  rows: usize,
  stride: i32,
  original: usize,
  width: i32,
  chosen: usize,
  begin: i32,
  end: i32,
  hop: i32,
  wide: i32,
  narrow: i32,
  f: usize,
  sums: usize,
): void {
  const row = (<usize>stride) << 1;
  const line = (<usize>width) << 2;
  const w = i16x8.splat(<i16>wide);
  const n = i16x8.splat(<i16>narrow);
  const e = f + 192;
  for (let bx = begin; bx < end; bx += hop) {
    const p = rows + ((<usize>bx) << 3);
    const r0 = v128.load(p);
    const r1 = v128.load(p + row);
    const r2 = v128.load(p + 2 * row);
    const r3 = v128.load(p + 3 * row);
    const r4 = v128.load(p + 4 * row);
    const r5 = v128.load(p + 5 * row);
    const r6 = v128.load(p + 6 * row);
    const r7 = v128.load(p + 7 * row);
    const s = pick0(r2, r3, r4, r5);
    putTap(f, 0, pickP1(r2, r3, r4, r5), pickM1(r2, r3, r4, r5), s, w, n);
    putTap(f, 1, pick0(r3, r4, r5, r6), pick0(r1, r2, r3, r4), s, w, n);
    putTap(f, 2, pickP1(r3, r4, r5, r6), pickM1(r1, r2, r3, r4), s, w, n);
    putTap(f, 3, pickM1(r3, r4, r5, r6), pickP1(r1, r2, r3, r4), s, w, n);
    putTap(f, 4, pickP2(r2, r3, r4, r5), pickM2(r2, r3, r4, r5), s, w, n);
    putTap(f, 5, pick0(r4, r5, r6, r7), pick0(r0, r1, r2, r3), s, w, n);
    // The error of each of the eight pixels.
    for (let i: i32 = 0; i < 8; i++) {
      const dy = <usize>(i >> 1);
      const dx = <usize>(((i & 1) << 1) + ((i >> 1) & 1));
      const o = <f64>load<f32>(original + dy * line + ((<usize>bx * 4 + dx) << 2));
      const t = <f64>load<i16>(p + (dy + 2) * row + ((dx + 2) << 1));
      store<f64>(e + ((<usize>i) << 3), o * 16 - t);
    }
    const filter = <usize>load<u8>(chosen + (bx >> 1));
    let at = sums + filter * <usize>FILTER_BYTES;
    for (let i = f; i < e; i += 16) {
      const a = v128.load(i);
      for (let j = i; j < e; j += 16, at += 16) {
        // Integers: exact in any order.
        const products = i32x4.dot_i16x8_s(a, v128.load(j));
        const two = i64x2.add(i64x2.extend_low_i32x4_s(products), i64x2.extend_high_i32x4_s(products));
        v128.store(at, i64x2.add(v128.load(at), two));
      }
    }
    for (let i = f; i < e; i += 32, at += 16) {
      const a = v128.load(i);
      const b = v128.load(i, 16);
      const low = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
      const high = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
      const p01 = i32x4.extend_low_i16x8_s(low);
      const p23 = i32x4.extend_high_i16x8_s(low);
      const p45 = i32x4.extend_low_i16x8_s(high);
      const p67 = i32x4.extend_high_i16x8_s(high);
      let sum = f64x2.mul(f64x2.convert_low_i32x4_s(p01), v128.load64_splat(e));
      sum = f64x2.add(sum, f64x2.mul(upper(p01), v128.load64_splat(e, 8)));
      sum = f64x2.add(sum, f64x2.mul(f64x2.convert_low_i32x4_s(p23), v128.load64_splat(e, 16)));
      sum = f64x2.add(sum, f64x2.mul(upper(p23), v128.load64_splat(e, 24)));
      sum = f64x2.add(sum, f64x2.mul(f64x2.convert_low_i32x4_s(p45), v128.load64_splat(e, 32)));
      sum = f64x2.add(sum, f64x2.mul(upper(p45), v128.load64_splat(e, 40)));
      sum = f64x2.add(sum, f64x2.mul(f64x2.convert_low_i32x4_s(p67), v128.load64_splat(e, 48)));
      sum = f64x2.add(sum, f64x2.mul(upper(p67), v128.load64_splat(e, 56)));
      v128.store(at, f64x2.add(v128.load(at), sum));
    }
  }
}

/** The upper two of four integers as doubles. */
function upper(p: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i32>(p, p, 2, 3, 2, 3));
}
