/** Loads sample `at`, of 1 or 2 bytes. */
function sample(data: usize, at: i32, deep: bool): f64 {
  return deep ? <f64>load<u16>(data + (at << 1)) : <f64>load<u8>(data + at);
}

/** Sample `at` of two pixels, `hop` apart. */
function samplesOf(data: usize, at: i32, hop: i32, deep: bool): v128 {
  return f64x2.replace_lane(f64x2.splat(sample(data, at, deep)), 1, sample(data, at + hop, deep));
}

/** Masks that take red, green or blue of four pixels of three bytes, as 32 bits each. */
const RED: v128 = i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1);
const GREEN: v128 = i8x16(1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1);
const BLUE: v128 = i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1);

/** max(0, min(v, peak)) without its fraction, as doubles. */
function whole(v: v128, peak: v128): v128 {
  return f64x2.trunc(f64x2.pmin(f64x2.pmax(f64x2.splat(0), v), peak));
}

/** m0 u + m1 v + m2 w + half; `m` points to doubles. */
function mix(m: usize, u: v128, v: v128, w: v128, half: v128): v128 {
  const uv = f64x2.add(f64x2.mul(v128.load64_splat(m), u), f64x2.mul(v128.load64_splat(m, 8), v));
  return f64x2.add(f64x2.add(uv, f64x2.mul(v128.load64_splat(m, 16), w)), half);
}

function pair(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/** Squared errors of sample k of two pixels; the decoded samples are made from u, v and w. */
function squared(
  samples: v128,
  m: usize,
  u: v128,
  v: v128,
  w: v128,
  halves: v128,
  peaks: v128,
  beyond: bool,
): v128 {
  let d = f64x2.sub(samples, whole(mix(m, u, v, w, halves), peaks));
  if (beyond) d = f64x2.replace_lane(d, 1, 0);
  return f64x2.mul(d, d);
}

/** Red, green or blue of two pixels of three bytes each, from the start of `bytes`. */
function bytesOf(bytes: v128, mask: v128): v128 {
  return f64x2.convert_low_i32x4_u(i8x16.swizzle(bytes, mask));
}

/**
 * Sum of the squared errors of red, green and blue over `count` pixels of a row: samples `hop` apart, against three channels. `m` points to
 * nine doubles.
 */
export function mixedErrors(
  data: usize,
  deep: bool,
  hop: i32,
  c0: usize,
  c1: usize,
  c2: usize,
  count: i32,
  m: usize,
  half: f64,
  peak: f64,
): f64 {
  const halves = f64x2.splat(half);
  const peaks = f64x2.splat(peak);
  const packed = !deep && hop === 3;
  let sums = f64x2.splat(0);
  for (let x = 0, i = 0; x < count; x += 2, i += 2 * hop) {
    const at = (<usize>x) << 2;
    const u = pair(c0 + at);
    const v = pair(c1 + at);
    const w = pair(c2 + at);
    const beyond = x + 1 === count;
    // Integers: sums of their squares are exact in any order.
    if (packed) {
      const bytes = v128.load64_zero(data + i);
      sums = f64x2.add(sums, squared(bytesOf(bytes, RED), m, u, v, w, halves, peaks, beyond));
      sums = f64x2.add(sums, squared(bytesOf(bytes, GREEN), m + 24, u, v, w, halves, peaks, beyond));
      sums = f64x2.add(sums, squared(bytesOf(bytes, BLUE), m + 48, u, v, w, halves, peaks, beyond));
    } else
      for (let k = 0; k < 3; k++) {
        const samples = samplesOf(data, i + k, hop, deep);
        sums = f64x2.add(sums, squared(samples, m + <usize>(24 * k), u, v, w, halves, peaks, beyond));
      }
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

function put(out: usize, at: i32, deep: bool, value: i32): void {
  if (deep) store<u16>(out + (at << 1), value);
  else store<u8>(out + at, value);
}

/**
 * `count` pixels of a row, from three channels to samples `hop` apart; if their number is odd, one more is made. `m` points to nine
 * doubles.
 */
export function mixSamples(
  out: usize,
  deep: bool,
  hop: i32,
  c0: usize,
  c1: usize,
  c2: usize,
  count: i32,
  m: usize,
  half: f64,
  peak: f64,
): void {
  const halves = f64x2.splat(half);
  const peaks = f64x2.splat(peak);
  for (let x = 0, i = 0; x < count; x += 2, i += 2 * hop) {
    const at = (<usize>x) << 2;
    const u = pair(c0 + at);
    const v = pair(c1 + at);
    const w = pair(c2 + at);
    for (let k = 0; k < 3; k++) {
      const made = i32x4.trunc_sat_f64x2_s_zero(whole(mix(m + <usize>(24 * k), u, v, w, halves), peaks));
      put(out, i + k, deep, i32x4.extract_lane(made, 0));
      put(out, i + hop + k, deep, i32x4.extract_lane(made, 1));
    }
  }
}

/** The contribution of samples r, g and b of two pixels to one of three channels, in the lower half; `t` points to three doubles. */
function taken(t: usize, r: v128, g: v128, b: v128): v128 {
  const rg = f64x2.add(f64x2.mul(v128.load64_splat(t), r), f64x2.mul(v128.load64_splat(t, 8), g));
  return f32x4.demote_f64x2_zero(f64x2.add(rg, f64x2.mul(v128.load64_splat(t, 16), b)));
}

/**
 * `count` pixels of samples `hop` apart, times `scale` less `midpoint`, to three channels; if their number is odd, one more is made. `t`
 * points to nine doubles.
 */
export function takeSamples(
  data: usize,
  deep: bool,
  hop: i32,
  c0: usize,
  c1: usize,
  c2: usize,
  count: i32,
  t: usize,
  scale: f64,
  midpoint: f64,
): void {
  const packed = !deep && hop === 3;
  const scales = f64x2.splat(scale);
  const midpoints = f64x2.splat(midpoint);
  for (let x = 0, i = 0; x < count; x += 2, i += 2 * hop, c0 += 8, c1 += 8, c2 += 8) {
    let r: v128;
    let g: v128;
    let b: v128;
    if (packed) {
      const bytes = v128.load64_zero(data + i);
      r = bytesOf(bytes, RED);
      g = bytesOf(bytes, GREEN);
      b = bytesOf(bytes, BLUE);
    } else {
      r = samplesOf(data, i, hop, deep);
      g = samplesOf(data, i + 1, hop, deep);
      b = samplesOf(data, i + 2, hop, deep);
    }
    const p = f64x2.sub(f64x2.mul(r, scales), midpoints);
    const q = f64x2.sub(f64x2.mul(g, scales), midpoints);
    const s = f64x2.sub(f64x2.mul(b, scales), midpoints);
    v128.store64_lane(c0, taken(t, p, q, s), 0);
    v128.store64_lane(c1, taken(t + 24, p, q, s), 0);
    v128.store64_lane(c2, taken(t + 48, p, q, s), 0);
  }
}

/** A 32-bit sum holds this many squares of a byte. */
const FULL = 32_768;

function total(sums: v128): f64 {
  return (
    <f64>i32x4.extract_lane(sums, 0) +
    <f64>i32x4.extract_lane(sums, 1) +
    <f64>i32x4.extract_lane(sums, 2) +
    <f64>i32x4.extract_lane(sums, 3)
  );
}

function add(to: usize, sums: v128): void {
  store<f64>(to, load<f64>(to) + total(sums));
}

/**
 * Adds to six doubles at `sums` the products rr, rg, rb, gg, gb and bb of the differences between `count` pixels, of three bytes each, and
 * others.
 */
export function addDifferences(row: usize, other: usize, count: i32, sums: usize): void {
  for (let from = 0; from < count; from += FULL) {
    const end = min(from + FULL, count);
    let rr = i32x4.splat(0);
    let rg = rr;
    let rb = rr;
    let gg = rr;
    let gb = rr;
    let bb = rr;
    for (let x = from; x < end; x += 4, row += 12, other += 12) {
      let a = v128.load(row);
      let b = v128.load(other);
      if (end - x < 4) {
        // Beyond the last pixel there are no differences.
        const there = i8x16.lt_u(
          i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
          i8x16.splat(<i8>(3 * (end - x))),
        );
        a = v128.and(a, there);
        b = v128.and(b, there);
      }
      const r = i32x4.sub(i8x16.swizzle(a, RED), i8x16.swizzle(b, RED));
      const g = i32x4.sub(i8x16.swizzle(a, GREEN), i8x16.swizzle(b, GREEN));
      const s = i32x4.sub(i8x16.swizzle(a, BLUE), i8x16.swizzle(b, BLUE));
      rr = i32x4.add(rr, i32x4.mul(r, r));
      rg = i32x4.add(rg, i32x4.mul(r, g));
      rb = i32x4.add(rb, i32x4.mul(r, s));
      gg = i32x4.add(gg, i32x4.mul(g, g));
      gb = i32x4.add(gb, i32x4.mul(g, s));
      bb = i32x4.add(bb, i32x4.mul(s, s));
    }
    add(sums, rr);
    add(sums + 8, rg);
    add(sums + 16, rb);
    add(sums + 24, gg);
    add(sums + 32, gb);
    add(sums + 40, bb);
  }
}
