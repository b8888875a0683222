// The loops of src/encode/levels/externalities.ts and debts.ts: what coefficients add to the bits of others.

/**
 * A plane, and where its debts go: PlaneContext, Priced and Debts there. Addresses and distances are in bytes; src/kernels/debt-kernels.ts
 * fills it.
 */
@unmanaged
class Owing {
  /** 19 weights and the gain, doubles. */
  weights: usize;
  blocks: i32;
  places: i32;
  stride: usize;
  band: i32;
  /** By block: levels 256 bytes apart, notes of 32 bits, last bands, positions. */
  levels: usize;
  notes: usize;
  lastBand: usize;
  positions: usize;
  /** By position: marks of runs and exponents of rows, bytes. Norms of the column at row 0, doubles. */
  marks: usize;
  rows: usize;
  norms: usize;
  magnitudes: usize;
  /** Offsets of the planes around. */
  left: usize;
  up: usize;
  upLeft: usize;
  left2: usize;
  up2: usize;
  diagonal: usize;
  /** Slopes of prices: floats, for "not zero" by class, level and bit, and for magnitudes. */
  zeroSlopes: usize;
  sizeSlopes: usize;
  /** Gradients: of all planes, of this one, of the same one of luma (0 for none), of sums, of activity. */
  all: usize;
  own: usize;
  luma: usize;
  eastSouth: usize;
  around: usize;
  activity: usize;
}

// biome-ignore lint/complexity/noStaticOnlyClass: only methods can be decorated
class Inline {
  @inline static add(at: usize, value: f64): void {
    store<f32>(at, <f32>(<f64>load<f32>(at) + value));
  }

  /** Two floats side by side. */
  @inline static addTwo(at: usize, values: v128): void {
    const sum = f64x2.add(f64x2.promote_low_f32x4(v128.load64_zero(at)), values);
    v128.store64_lane(at, f32x4.demote_f64x2_zero(sum), 0);
  }
}

/** addPlane. */
export function addPlane(at: usize): void {
  const v = changetype<Owing>(at);
  const own = v.own;
  const activity = v.activity;
  const kept = f32x4.splat(218.0 / 256.0);
  const whole = (<usize>v.places & ~3) << 2;
  const length = (<usize>v.places) << 2;
  for (let p: usize = 0; p < whole; p += 16) {
    const a = v128.load(activity + p);
    v128.store(own + p, f32x4.add(v128.load(own + p), a));
    v128.store(activity + p, f32x4.mul(a, kept));
  }
  for (let p = whole; p < length; p += 4) {
    const a = load<f32>(activity + p);
    store<f32>(own + p, load<f32>(own + p) + a);
    store<f32>(activity + p, a * <f32>(218.0 / 256.0));
  }
  const w = v.weights;
  const beside2 = f64x2(load<f64>(w, 32), load<f64>(w));
  const above2 = f64x2(load<f64>(w, 16), load<f64>(w, 8));
  const w3 = load<f64>(w, 24);
  const gain = load<f64>(w, 152);
  const stride = v.stride;
  const all = v.all;
  for (let b: usize = 0; b < <usize>v.blocks; b++) {
    if (<i32>load<u8>(v.lastBand + b) < v.band) continue;
    const i = <usize>load<i32>(v.positions + (b << 2));
    const p = i << 2;
    const level = abs(load<i32>(v.levels + (b << 8)));
    const note = load<u32>(v.notes + (b << 2));
    const size: f64 = level
      ? <f64>load<f32>(v.sizeSlopes + ((<usize>(((note >> 5) & 31) * 25 + min(level, 24))) << 2))
      : 0;
    const norm = load<f64>(v.norms + ((<usize>load<i8>(v.rows + i)) << 3));
    const run = (<usize>load<u8>(v.marks + i) + 7) >> 3;
    const zero = v.zeroSlopes + (run << 8) + ((<usize>((note & 31) * 2 + (level ? 1 : 0))) << 2);
    const s = (<f64>load<f32>(zero) + size) * norm;
    const both = f64x2.splat(s);
    const here = own + p;
    const north = here - stride;
    Inline.addTwo(here - 8, f64x2.mul(both, beside2));
    Inline.addTwo(north - 4, f64x2.mul(both, above2));
    Inline.add(north + 4, s * w3);
    Inline.add(north - stride, s * load<f64>(w, 32));
    const left = v.left + p;
    const up = v.up + p;
    Inline.add(all + left, s * load<f64>(w, 40));
    Inline.add(all + up, s * load<f64>(w, 48));
    const larger = (load<i32>(v.magnitudes + left) & 511) > (load<i32>(v.magnitudes + up) & 511);
    Inline.add(all + (larger ? left : up), s * load<f64>(w, 144));
    const upLeft = v.upLeft + p;
    Inline.add(all + upLeft, s * load<f64>(w, 56));
    const second = s * load<f64>(w, 64);
    Inline.add(all + v.left2 + p, second);
    Inline.add(all + v.up2 + p, second);
    const diagonal = v.diagonal + p;
    Inline.add(all + diagonal, s * load<f64>(w, 72));
    const before = s * load<f64>(w, 88);
    const after = s * load<f64>(w, 80) - before;
    Inline.add(v.eastSouth + left, after);
    Inline.add(v.eastSouth + up, after);
    Inline.add(v.around + left, before);
    Inline.add(v.around + up, before);
    const corner = s * load<f64>(w, 96);
    Inline.add(v.around + upLeft, corner);
    Inline.add(v.eastSouth + diagonal, corner);
    Inline.add(activity + p, s * load<f64>(w, 104) + size * norm * gain);
    const beside = s * load<f64>(w, 112);
    Inline.add(activity + p - 4, beside);
    Inline.add(activity + p - stride, beside);
    if (v.luma) Inline.add(v.luma + p, s * load<f64>(w, 120));
  }
}

// biome-ignore lint/complexity/noStaticOnlyClass: only methods can be decorated
class Pair {
  @inline static at(at: usize): v128 {
    return f64x2.promote_low_f32x4(v128.load64_zero(at));
  }
}

/** addSums: adds to `count` gradients at `g` those of the sums at the same place; `stride` bytes from row to row. */
export function addSums(g: usize, eastSouth: usize, around: usize, stride: usize, count: i32): void {
  const end = (<usize>count) << 2;
  let at: usize = 0;
  for (; at + 4 < end; at += 8) {
    let sum = f64x2.add(Pair.at(eastSouth + at - 4), Pair.at(eastSouth + at - stride));
    sum = f64x2.add(sum, Pair.at(around + at - 4));
    sum = f64x2.add(sum, Pair.at(around + at + 4));
    sum = f64x2.add(sum, Pair.at(around + at - stride));
    sum = f64x2.add(sum, Pair.at(around + at + stride));
    Inline.addTwo(g + at, sum);
  }
  if (at < end)
    Inline.add(
      g + at,
      <f64>load<f32>(eastSouth + at - 4) +
        <f64>load<f32>(eastSouth + at - stride) +
        <f64>load<f32>(around + at - 4) +
        <f64>load<f32>(around + at + 4) +
        <f64>load<f32>(around + at - stride) +
        <f64>load<f32>(around + at + stride),
    );
}
