// Loops over levels, from src/encode/levels and src/planes/write-factors.ts.

/**
 * Lays levels out plane after plane: from `size` of each block, block after block, to `blocks` of each plane. Sixteen blocks at a time, so
 * that writes fill lines of the cache.
 */
export function planesOf(from: usize, blocks: i32, size: i32, to: usize): void {
  const row = (<usize>size) << 2;
  const plane = (<usize>blocks) << 2;
  const whole = blocks & ~15;
  for (let b = 0; b < whole; b += 16) {
    for (let k = 0; k < size; k += 4) {
      let at = from + <usize>b * row + ((<usize>k) << 2);
      let out = to + <usize>k * plane + ((<usize>b) << 2);
      for (let n = 0; n < 4; n++, at += 4 * row, out += 16) {
        const p = v128.load(at);
        const q = v128.load(at + row);
        const r = v128.load(at + 2 * row);
        const s = v128.load(at + 3 * row);
        const a = v128.shuffle<i32>(p, q, 0, 4, 1, 5);
        const c = v128.shuffle<i32>(r, s, 0, 4, 1, 5);
        const d = v128.shuffle<i32>(p, q, 2, 6, 3, 7);
        const e = v128.shuffle<i32>(r, s, 2, 6, 3, 7);
        v128.store(out, v128.shuffle<i64>(a, c, 0, 2));
        v128.store(out + plane, v128.shuffle<i64>(a, c, 1, 3));
        v128.store(out + 2 * plane, v128.shuffle<i64>(d, e, 0, 2));
        v128.store(out + 3 * plane, v128.shuffle<i64>(d, e, 1, 3));
      }
    }
  }
  for (let b = whole; b < blocks; b++)
    for (let k = 0; k < size; k++)
      store<i32>(
        to + <usize>k * plane + ((<usize>b) << 2),
        load<i32>(from + <usize>b * row + ((<usize>k) << 2)),
      );
}

/** Two floats at `u`, as doubles, divided by the two doubles at `steps`; as floats in the lower half. */
function divided(u: usize, steps: usize): v128 {
  const x = f64x2.promote_low_f32x4(v128.load64_zero(u));
  return f32x4.demote_f64x2_zero(f64x2.div(x, v128.load(steps)));
}

function quotient(u: usize, steps: usize, k: usize): f32 {
  return <f32>(<f64>load<f32>(u + 4 * k) / load<f64>(steps + 8 * k));
}

/**
 * The steps of all planes in rows of one exponent, computed on first use. `tables` begins with a byte for each exponent that says whether
 * they are there.
 */
function stepsOf(tables: usize, columns: usize, steps: usize, step: f64, exponent: i32): usize {
  const n = <usize>(exponent + 64);
  const table = tables + 128 + (n << 9);
  if (load<u8>(tables + n)) return table;
  store<u8>(tables + n, 1);
  for (let k: usize = 0; k < 64; k++)
    store<f64>(
      table + 8 * k,
      step * load<f64>(steps + ((<usize>(<i32>load<u8>(columns + k) + exponent)) << 3)),
    );
  return table;
}

/**
 * inSteps, for `blocks`: 64 floats each from `u` to `out`, which may be the same. Positions are 32 bits, exponents of rows signed bytes by
 * position, those of `columns` bytes.
 */
export function inSteps(
  u: usize,
  out: usize,
  blocks: i32,
  positions: usize,
  coarseRows: usize,
  fineRows: usize,
  columns: usize,
  steps: usize,
  step: f64,
  tables: usize,
): void {
  const first = stepsOf(tables, columns, steps, step, 0);
  for (let b = 0; b < blocks; b++, u += 256, out += 256) {
    const i = <usize>load<i32>(positions + ((<usize>b) << 2));
    const coarse = stepsOf(tables, columns, steps, step, <i32>load<i8>(coarseRows + i));
    const fine = stepsOf(tables, columns, steps, step, <i32>load<i8>(fineRows + i));
    // COARSE of src/planes/row-weights.ts: planes 1, 8, 9, 2 and 16.
    const x0 = quotient(u, first, 0);
    const x1 = quotient(u, coarse, 1);
    const x2 = quotient(u, coarse, 2);
    const x8 = quotient(u, coarse, 8);
    const x9 = quotient(u, coarse, 9);
    const x16 = quotient(u, coarse, 16);
    for (let k: usize = 0; k < 64; k += 4) {
      const at = u + 4 * k;
      const low = divided(at, fine + 8 * k);
      const high = divided(at + 8, fine + 8 * k + 16);
      v128.store(out + 4 * k, v128.shuffle<i64>(low, high, 0, 2));
    }
    store<f32>(out, x0);
    store<f32>(out, x1, 4);
    store<f32>(out, x2, 8);
    store<f32>(out, x8, 32);
    store<f32>(out, x9, 36);
    store<f32>(out, x16, 64);
  }
}

/** The first levels of two floats at `u`, in the lower half. */
function firstLevels(u: usize): v128 {
  const x = f64x2.promote_low_f32x4(v128.load64_zero(u));
  const size = f64x2.abs(x);
  const large = i32x4.trunc_sat_f64x2_s_zero(f64x2.add(size, f64x2.splat(0.4)));
  const level = i32x4.min_s(large, i32x4.splat((1 << 18) - 1));
  // In a comparison both halves of the 64 bits are alike.
  const wanted = f64x2.ge(size, f64x2.splat(0.6));
  const below = f64x2.lt(x, f64x2.splat(0));
  const sign = v128.shuffle<i32>(below, below, 0, 2, 0, 2);
  return v128.and(v128.shuffle<i32>(wanted, wanted, 0, 2, 0, 2), i32x4.sub(v128.xor(level, sign), sign));
}

/** First levels of `blocks` and, by block, the last band with a nonzero level. `bands` are those of the planes, 32 bits each. */
export function startChannel(u: usize, blocks: i32, bands: usize, levels: usize, last: usize): void {
  for (let b = 0; b < blocks; b++) {
    let most = i32x4.splat(0);
    for (let k: usize = 0; k < 256; k += 16, u += 16, levels += 16) {
      const four = v128.shuffle<i64>(firstLevels(u), firstLevels(u + 8), 0, 2);
      v128.store(levels, four);
      const used = i32x4.ne(four, i32x4.splat(0));
      most = i32x4.max_s(most, v128.and(used, v128.load(bands + k)));
    }
    const two = i32x4.max_s(most, v128.shuffle<i64>(most, most, 1, 0));
    store<u8>(last + <usize>b, max(i32x4.extract_lane(two, 0), i32x4.extract_lane(two, 1)));
  }
}

/** Marks plane after plane, of `size` floats a block: as many blocks at a time as a cache holds. */
export function markBold(u: usize, blocks: i32, size: i32, bold: usize): void {
  for (let from = 0; from < blocks; from += 64) {
    const end = min(from + 64, blocks);
    for (let k = 0; k < size; k++) {
      let at = u + ((<usize>(from * size + k)) << 2);
      for (let b = from; b < end; b++, at += (<usize>size) << 2) {
        const x = <f64>load<f32>(at);
        store<u8>(bold + <usize>(k * blocks + b), x > 0.3 || x < -0.3 ? 1 : 0);
      }
    }
  }
}
