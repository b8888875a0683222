// src/encode/runs/run-costs.ts.

/** The host's function, so that it rounds alike. */
declare function log2(x: f64): f64;

/** The longest run has 2^LONGEST blocks. Seven numbers of each block count, eight with a zero; ROW is their size in bytes. */
const LONGEST = 5;
const ROW: usize = 64;
const MOST: usize = 1 << LONGEST;
/** Offsets in the scratch space before the numbers of a line: differences, folded numbers, and the magnitudes of each row. */
const DIFFERENCES: usize = MOST * ROW;
const FOLDED: usize = DIFFERENCES + (MOST / 2) * ROW;
const SUMS: usize = FOLDED + MOST * ROW;
const LINE: usize = SUMS + MOST * 4;

/** The worth of a bit in squared steps. */
const LAMBDA: f64 = 0.1;
/** For sums below this the bits are tabulated. */
const TABULATED = 64;

/** DCT of 2^l rows at `from`, column by column, into rows at work + FOLDED. */
function fold(from: usize, l: i32, cosines: usize, work: usize): void {
  let n = 1 << l;
  memory.copy(work, from, <usize>n * ROW);
  let scale: f64 = 1;
  let hop = ROW;
  for (let level = l; level > 0; level--, hop <<= 1, scale *= Math.SQRT1_2) {
    const dct = <usize>load<u32>(cosines + ((<usize>level) << 2));
    const half = n >> 1;
    for (let j = 0; j < half; j++) {
      const near = work + <usize>j * ROW;
      const far = work + <usize>(n - 1 - j) * ROW;
      const to = work + DIFFERENCES + <usize>j * ROW;
      for (let k: usize = 0; k < ROW; k += 16) {
        const a = v128.load(near + k);
        const b = v128.load(far + k);
        v128.store(near + k, f64x2.add(a, b));
        v128.store(to + k, f64x2.sub(a, b));
      }
    }
    const scales = f64x2.splat(scale);
    for (let f = 1; f < n; f += 2) {
      const weights = dct + ((<usize>(f * n)) << 3);
      const to = work + FOLDED + <usize>f * hop;
      let s0 = f64x2.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let j = 0; j < half; j++) {
        const w = v128.load64_splat(weights + ((<usize>j) << 3));
        const d = work + DIFFERENCES + <usize>j * ROW;
        s0 = f64x2.add(s0, f64x2.mul(w, v128.load(d)));
        s1 = f64x2.add(s1, f64x2.mul(w, v128.load(d, 16)));
        s2 = f64x2.add(s2, f64x2.mul(w, v128.load(d, 32)));
        s3 = f64x2.add(s3, f64x2.mul(w, v128.load(d, 48)));
      }
      v128.store(to, f64x2.mul(scales, s0));
      v128.store(to, f64x2.mul(scales, s1), 16);
      v128.store(to, f64x2.mul(scales, s2), 32);
      v128.store(to, f64x2.mul(scales, s3), 48);
    }
    n = half;
  }
  for (let k: usize = 0; k < ROW; k += 16)
    v128.store(work + FOLDED + k, f64x2.mul(f64x2.splat(scale), v128.load(work + k)));
}

function bitsOf(size: i32, n: i32, all: i32, sum: i32): f64 {
  const prior = <f64>(2 * all) / <f64>(n * size) + 0.05;
  if (sum === 0) return <f64>size * log2(1 + prior / <f64>(size + 2));
  const mean = (<f64>sum + prior) / <f64>(size + 2);
  return <f64>sum * log2((1 + mean) / mean) + <f64>size * log2(1 + mean);
}

/** Squared error + lambda bits of 2^l rows at x. */
function costOf(x: usize, l: i32, tables: usize, sums: usize): f64 {
  const n = 1 << l;
  let error: f64 = 0;
  let bits: f64 = 0;
  for (let g = 0; g < 2; g++) {
    const from = g ? 2 : 0;
    const size = g ? 5 : 2;
    let all = 0;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      const row = x + <usize>j * ROW + ((<usize>from) << 3);
      for (let at = row, end = row + ((<usize>size) << 3); at < end; at += 8) {
        const a = abs(load<f64>(at));
        if (a < 0.6) {
          error += a * a;
          continue;
        }
        const q = <i32>(a + 0.4);
        error += (a - <f64>q) * (a - <f64>q);
        bits += 1; // the sign
        sum += q;
      }
      store<i32>(sums + ((<usize>j) << 2), sum);
      all += sum;
    }
    const table = tables + ((<usize>(((g * (LONGEST + 1) + l) * TABULATED + all) * TABULATED)) << 3);
    const silent = all < TABULATED ? load<f64>(table) : bitsOf(size, n, all, 0);
    for (let j = 0; j < n; j++) {
      const sum = load<i32>(sums + ((<usize>j) << 2));
      if (sum === 0) bits += silent;
      else bits += all < TABULATED ? load<f64>(table + ((<usize>sum) << 3)) : bitsOf(size, n, all, sum);
    }
  }
  return error + LAMBDA * bits;
}

/**
 * Adds what each run of 2^l blocks of a channel would cost, by l and first block: doubles at `costs`, wherever the bytes at `surveys` are
 * not 0. 64 floats a block at `u`. `cosines` points to the addresses of the DCTs, by l; `tables` has the bits of sums by group, l, the sum
 * of all, and the sum. `work` is scratch space: LINE bytes, and a row for each block of a line.
 */
export function addRunCosts(
  u: usize,
  cols: i32,
  rows: i32,
  direction: i32,
  surveys: usize,
  costs: usize,
  cosines: usize,
  tables: usize,
  work: usize,
): void {
  const blocks = cols * rows;
  const hop = direction ? 1 : cols;
  const lines = direction ? rows : cols;
  const length = direction ? cols : rows;
  const step: usize = direction ? 32 : 4;
  const own = work + LINE;
  for (let line = 0; line < lines; line++) {
    const start = direction ? line * cols : line;
    for (let j = 0; j < length; j++) {
      const at = u + ((<usize>(start + j * hop)) << 8);
      const to = own + <usize>j * ROW;
      for (let f: usize = 1; f < 8; f++) store<f64>(to + ((f - 1) << 3), <f64>load<f32>(at + f * step));
      store<f64>(to, 0, 56);
    }
    for (let l = 0; l <= LONGEST; l++) {
      const n = 1 << l;
      for (let begin = 0; begin + n <= length; begin += n) {
        const at = <usize>(l * blocks + start + begin * hop);
        if (load<u8>(surveys + at) === 0) continue;
        const from = own + <usize>begin * ROW;
        if (l) fold(from, l, cosines, work);
        const to = costs + (at << 3);
        store<f64>(to, load<f64>(to) + costOf(l ? work + FOLDED : from, l, tables, work + SUMS));
      }
    }
  }
}
