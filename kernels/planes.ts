// src/planes/visit.ts with its readers and writers: contexts, the coder and what later contexts need, in one loop.

import { Coder, startDecoder, startEncoder, startMeter, stopDecoder, stopEncoder, stopMeter } from './bits';

/** The kinds of visitors, as types, so that each gets a loop of its own: reading, counting bits, writing. */
type Reading = u8;
type Metering = u16;
type Writing = u32;

/**
 * A plane of a part and what its contexts look at: PlaneContext and Factor of src/planes. Addresses and distances are in bytes;
 * src/kernels/visit-layout.ts fills it.
 */
@unmanaged
export class Visit {
  /** Block numbers, 32 bits each; how many there are; the next one. */
  blocks: usize;
  count: i32;
  next: i32;
  /** By block: its position. */
  positions: usize;
  /** From one row of positions to the next, and where this plane begins in the arrays of all planes. */
  stride: usize;
  plane: usize;
  /** All planes. */
  values: usize;
  magnitudes: usize;
  /** By position: 32 bits, bytes, and signed bytes. */
  activity: usize;
  marks: usize;
  rows: usize;
  /** The plane's column at row 0: norms in 1/4096, 32 bits, and steps, doubles. */
  norms: usize;
  steps: usize;
  /** Offsets of the planes around. */
  left: usize;
  up: usize;
  upLeft: usize;
  left2: usize;
  up2: usize;
  diagonal: usize;
  /** The magnitudes of luma's plane; without luma those of plane 0, which are 0. `follows` says whether there is luma. */
  luma: usize;
  follows: i32;
  /** Weights of features, two in each 32 bits: 2 and 5, 1 and 6, 3 and 7, 9; 4 and 4, 0 and 8, 8, 15. */
  pairs0: i32;
  pairs1: i32;
  pairs2: i32;
  pairs3: i32;
  pairs4: i32;
  pairs5: i32;
  pairs6: i32;
  pairs7: i32;
  /** The other weights; for 17 its product. */
  w10: i32;
  w11: i32;
  w12: i32;
  w13: i32;
  w14: i32;
  w16: i32;
  w17: i32;
  w18: i32;
  gain: i32;
  /** Pairs of an offset from a position and a weight, 32 bits each. */
  taps: usize;
  tapCount: i32;
  /** Weight of the projection, and up to two regressions: values of the plane, squares, products. */
  slope: i32;
  regressions: i32;
  x0: usize;
  squares0: usize;
  products0: usize;
  x1: usize;
  squares1: usize;
  products1: usize;
  /** The picture's own prediction: its trust, negative if there is none, and pairs of an address at position 0 and a weight. */
  trust: i32;
  terms: usize;
  termCount: i32;
  /** Contexts: of "not zero" by class of the block, of magnitudes, of signs, of escapes; and the number of the first sign context. */
  zero0: usize;
  zero1: usize;
  zero2: usize;
  sizes: usize;
  signs: usize;
  escape: usize;
  sign: i32;
  /** For writers, by block: 32-bit levels; bytes that say where X V is not nearly zero, and 32-bit notes, neither if `bold` is 0. */
  levels: usize;
  bold: usize;
  notes: usize;
  /** Where the bits of each block are added, doubles; 0 for none. */
  costs: usize;
}

/** Functions to be inlined. */
// biome-ignore lint/complexity/noStaticOnlyClass: only methods can be decorated
class Inline {
  /** levelOf of src/planes/companding.ts. */
  @inline static levelOf(sum: i32, bits: i32): i32 {
    const x = (sum > 0 ? sum >> 5 : 0) + 5;
    const octave = 31 - clz(x);
    const level = (octave << bits) + (x >> (octave - bits)) - (1 << (2 * bits));
    return max(0, min(31, level));
  }

  /** A sum times a norm, without its fraction. */
  @inline static normed(sum: i32, norm: usize): i32 {
    const product = <i64>sum * <i64>load<i32>(norm);
    return <i32>((product + ((product >> 63) & 4095)) >> 12);
  }

  @inline static add(at: usize, value: i32): void {
    store<i32>(at, load<i32>(at) + value);
  }

  /** Codes a bit under a context: writes the given one, or returns the one read. */
  @inline static code<V>(context: usize, bit: u32): u32 {
    const p = Coder.probability(context);
    if (sizeof<V>() === sizeof<Reading>()) bit = Coder.read(p);
    else if (sizeof<V>() === sizeof<Metering>()) Coder.count(bit ? p : 32_768 - p);
    else Coder.write(bit, p);
    Coder.learn(context, bit);
    return bit;
  }

  /** Codes a bit of probability one half. */
  @inline static even<V>(bit: u32): u32 {
    if (sizeof<V>() === sizeof<Reading>()) return Coder.read(16_384);
    if (sizeof<V>() === sizeof<Metering>()) Coder.countOne();
    else Coder.write(bit, 16_384);
    return bit;
  }

  /** Must the coder's buffer be exchanged before the next block? */
  @inline static stops<V>(): bool {
    if (sizeof<V>() === sizeof<Reading>()) return Coder.mustLoad();
    if (sizeof<V>() === sizeof<Writing>()) return Coder.mustStore();
    return false;
  }
}

/** signLevel of src/planes/companding.ts. Values far beyond all levels need not be exact. */
function signLevel(mean: i64, sum: i32): i32 {
  const e = min(abs(sum), 1 << 20) >> 6;
  const below = e * e + 19_661;
  return <i32>min<f64>(10, floor((768 * abs(<f64>mean) + <f64>below) / <f64>(2 * below)));
}

function clipped(value: i32): i32 {
  return max(-2047, min(2047, value));
}

/** The sum at an address in the sums of a regression, and its neighbours. */
function around(at: usize, stride: usize): i64 {
  return (
    2 * <i64>load<i32>(at) +
    <i64>load<i32>(at - 4) +
    <i64>load<i32>(at, 4) +
    <i64>load<i32>(at - stride) +
    <i64>load<i32>(at + stride)
  );
}

function projected(squares: usize, products: usize, stride: usize, x: i32): i64 {
  const xx = <f64>(around(squares, stride) + 8);
  const xy = around(products, stride) * <i64>clipped(x) * 2;
  return <i64>floor((<f64>xy + xx) / (2 * xx));
}

/** The signed mean by the tables. */
function meanOf(v: Visit, p: usize): i64 {
  let sum: i64 = 0;
  let tap = v.taps;
  for (const end = tap + ((<usize>v.tapCount) << 3); tap < end; tap += 8)
    sum += <i64>(load<i32>(tap, 4) * load<i32>(v.values + p + load<u32>(tap)));
  if (v.regressions > 0) {
    const x = load<i32>(v.x0 + p);
    if (x !== 0) sum += <i64>v.slope * projected(v.squares0 + p, v.products0 + p, v.stride, x);
    if (v.regressions > 1) {
      const x = load<i32>(v.x1 + p);
      if (x !== 0) sum += <i64>v.slope * projected(v.squares1 + p, v.products1 + p, v.stride, x);
    }
  }
  return sum;
}

/** The signed mean by the picture's own prediction. */
function predicted(v: Visit, p: usize): i64 {
  let sum: i64 = 0;
  let term = v.terms;
  for (const end = term + ((<usize>v.termCount) << 3); term < end; term += 8)
    sum += <i64>load<i32>(term, 4) * <i64>load<i32>(load<usize>(term) + p);
  return sum * 16;
}

function addTo(squares: usize, products: usize, x: i32, y: i32): void {
  const value = clipped(x);
  store<i32>(squares, load<i32>(squares) + value * value);
  store<i32>(products, load<i32>(products) + value * clipped(y));
}

/** Puts a value in half steps, and its magnitude at the address `m`; `step` is the step of the value. */
function putValue(values: usize, m: usize, stride: usize, value: f64, step: f64): void {
  const magnitude = <i32>min<f64>(255, trunc(sqrt(floor(128 * abs(value * step))) + 0.5));
  const around = magnitude << 19;
  const both = around + (magnitude << 9);
  store<i32>(values, <i32>(<i64>value));
  Inline.add(m, magnitude);
  Inline.add(m - 4, both);
  Inline.add(m - stride, both);
  Inline.add(m + 4, around);
  Inline.add(m + stride, around);
}

/** An Exp-Golomb code of order 1: src/bits/read-golomb.ts and write-golomb.ts. */
function golomb<V>(base: usize, given: u32): u32 {
  let value: u32 = 0;
  let rest = given;
  let k = 1;
  let e = 0;
  while (k < 30) {
    const more = Inline.code<V>(base + <usize>min(e, 15) * 6, rest >= (<u32>1) << k ? 1 : 0);
    if (!more) break;
    value += (<u32>1) << k;
    rest -= (<u32>1) << k;
    k++;
    e++;
  }
  for (let i = k - 1; i >= 0; i--) {
    const context = 16 + min(e, 15) * 2 + (i === k - 1 ? 0 : 1);
    value += Inline.code<V>(base + <usize>context * 6, (rest >> i) & 1) << i;
  }
  return value;
}

/** Visits blocks from `next` on until all are done or the coder needs its buffer exchanged. Sets `next` to where it stopped. */
function visit<V>(v: Visit): void {
  const stride = v.stride;
  const own = v.magnitudes;
  const plane = v.plane;
  const here = own + plane;
  const activity = v.activity;
  const w0 = i32x4(v.pairs0, v.pairs1, v.pairs2, v.pairs3);
  const w1 = i32x4(v.pairs4, v.pairs5, v.pairs6, v.pairs7);
  const mask = i32x4.splat(511);
  const left = own + v.left;
  const up = own + v.up;
  const upLeft = own + v.upLeft;
  const left2 = own + v.left2;
  const up2 = own + v.up2;
  const diagonal = own + v.diagonal;
  const luma = v.luma;
  const meant = v.tapCount + v.regressions > 0;
  const trust = v.trust;
  const noting = v.bold !== 0;
  let n = v.next;
  for (; n < v.count; n++) {
    if (Inline.stops<V>()) break;
    const b = <usize>load<i32>(v.blocks + ((<usize>n) << 2));
    const i = <usize>load<i32>(v.positions + (b << 2));
    const p = i << 2;
    const mean: i64 = trust >= 0 ? predicted(v, p) : meant ? meanOf(v, p) : 0;
    const m = here + p;
    const north = m - stride;
    const side = load<i32>(left + p);
    const above = load<i32>(up + p);
    const corner = load<i32>(upLeft + p);
    const across = load<i32>(diagonal + p);
    let f = v128.and(v128.load(north - 4), mask);
    let g = v128.and(i32x4(side, above, corner, across), mask);
    let sums = i32x4.dot_i16x8_s(v128.or(f, i32x4.shl(g, 16)), w0);
    f = v128.and(v128.load(m - 8), mask);
    g = v128.and(
      i32x4(load<i32>(north - stride), load<i32>(left2 + p), load<i32>(up2 + p), load<i32>(luma + p)),
      mask,
    );
    sums = i32x4.add(sums, i32x4.dot_i16x8_s(v128.or(f, i32x4.shl(g, 16)), w1));
    sums = i32x4.add(sums, v128.shuffle<i32>(sums, sums, 2, 3, 0, 1));
    const besides = side + above;
    const f10 = (besides >> 9) & 1023;
    const f11 = (besides >> 19) - f10;
    const f12 = (corner >> 19) + ((across >> 9) & 1023);
    const f13 = load<i32>(activity + p);
    const f14 = load<i32>(activity + p - 4) + load<i32>(activity + p - stride);
    let total =
      i32x4.extract_lane(sums, 0) +
      i32x4.extract_lane(sums, 1) +
      v.w10 * f10 +
      v.w11 * f11 +
      v.w12 * f12 +
      v.w13 * f13 +
      v.w14 * f14 +
      v.w17 +
      v.w18 * max(side & 511, above & 511);
    // meanMagnitude of src/planes/companding.ts.
    if (mean !== 0) total += v.w16 * <i32>(sqrt(<f64>min<i64>(4095, abs(mean) >> 2)) + 0.5);
    const row = <usize>load<i8>(v.rows + i);
    const sum = Inline.normed(total, v.norms + (row << 2));
    const trusted =
      trust >= 0 ? sum + <i32>((<i64>trust * (16 * min<i64>(abs(mean), 16_384) - <i64>sum)) >> 6) : sum;
    const level = Inline.levelOf(trusted, 2);
    const mark = <i32>load<u8>(v.marks + i);
    const zero = mark === 0 ? v.zero0 : mark < 9 ? v.zero1 : v.zero2;
    let value: f64 = 0;
    if (sizeof<V>() === sizeof<Reading>()) {
      if (Inline.code<V>(zero + <usize>level * 6, 0)) {
        const size = Inline.levelOf(trusted + v.gain * f13, 3);
        const sure = signLevel(mean, sum);
        const negative = sure
          ? Inline.code<V>(v.signs + <usize>sure * 6, 0) ^ (mean < 0 ? 1 : 0)
          : Inline.even<V>(0);
        const sizes = v.sizes + <usize>size * 6;
        let t = 1;
        while (t <= 14 && Inline.code<V>(sizes + <usize>(min(t, 8) - 1) * 192, 0)) t++;
        value = 2 * <f64>t;
        if (t > 14) value += 2 * <f64>golomb<V>(v.escape, 0);
        if (negative) value = -value;
      }
    } else {
      const to = b << 2;
      const coded = load<i32>(v.levels + to);
      Inline.code<V>(zero + <usize>level * 6, coded ? 1 : 0);
      let goesOn = coded !== 0;
      if (noting && !goesOn) {
        goesOn = load<u8>(v.bold + b) !== 0;
        if (!goesOn) store<u32>(v.notes + to, level | (1 << 30));
      }
      if (goesOn) {
        const size = Inline.levelOf(trusted + v.gain * f13, 3);
        const sure = signLevel(mean, sum);
        const expected: u32 = mean < 0 ? 1 : 0;
        if (noting)
          store<u32>(
            v.notes + to,
            level | (size << 5) | (expected << 10) | ((sure ? v.sign + sure : 0) << 11),
          );
        if (coded) {
          const negative: u32 = coded < 0 ? 1 : 0;
          if (sure) Inline.code<V>(v.signs + <usize>sure * 6, negative ^ expected);
          else Inline.even<V>(negative);
          const most = <u32>(negative ? -coded : coded);
          const sizes = v.sizes + <usize>size * 6;
          for (let t: u32 = 1; t <= 14 && t <= most; t++)
            Inline.code<V>(sizes + <usize>(min<u32>(t, 8) - 1) * 192, t < most ? 1 : 0);
          if (most > 14) golomb<V>(v.escape, most - 15);
          value = 2 * <f64>coded;
        }
      }
      if (sizeof<V>() === sizeof<Metering>() && v.costs) Coder.hand(v.costs + (b << 3));
    }
    if (value !== 0) putValue(v.values + plane + p, m, stride, value, load<f64>(v.steps + (row << 3)));
    if (v.follows) {
      for (let r = 0; r < v.regressions; r++) {
        const x = load<i32>((r ? v.x1 : v.x0) + p);
        if (x !== 0)
          addTo(
            (r ? v.squares1 : v.squares0) + p,
            (r ? v.products1 : v.products0) + p,
            x,
            load<i32>(v.values + plane + p),
          );
      }
    }
    store<i32>(activity + p, ((f13 * 218) >> 8) + (load<i32>(m) & 511));
  }
  v.next = n;
}

/** Blocks of a part whose rows go on or end at a band: aliveExpectation of src/planes/contexts.ts, readAlive and writeAlive. */
@unmanaged
export class Flags {
  /** Block numbers, how many there are, and the next one. The blocks that go on replace them, `kept` so far. */
  blocks: usize;
  count: i32;
  next: i32;
  kept: i32;
  positions: usize;
  stride: i32;
  /** By position: 32 bits, bytes, and signed bytes. */
  activity: usize;
  alive: usize;
  rows: usize;
  norms: usize;
  /** The same of luma, 0 where there is none. */
  lumaActivity: usize;
  lumaAlive: usize;
  w0: i32;
  w1: i32;
  w2: i32;
  w3: i32;
  w4: i32;
  w5: i32;
  w6: i32;
  /** Contexts by level. */
  contexts: usize;
  /** By block, bytes: where the row ends so far, and the new end for rows that go on. */
  ends: usize;
  end: i32;
  /** For writers, by block: the last band; levels of flags, 8 bytes a block, 0 for none; doubles of costs, 0 for none. */
  band: i32;
  last: usize;
  notes: usize;
  costs: usize;
}

function visitAlive<V>(v: Flags): void {
  const stride = v.stride;
  let n = v.next;
  let kept = v.kept;
  for (; n < v.count; n++) {
    if (Inline.stops<V>()) break;
    const b = load<i32>(v.blocks + ((<usize>n) << 2));
    const i = load<i32>(v.positions + ((<usize>b) << 2));
    const a = v.activity + ((<usize>i) << 2);
    const on = v.alive + <usize>i;
    let sum =
      v.w0 * load<i32>(a) +
      v.w1 * (load<i32>(a, 4) + load<i32>(a + ((<usize>stride) << 2))) +
      16 *
        (v.w2 * (<i32>load<u8>(on - 1) + <i32>load<u8>(on - stride)) +
          v.w3 * (<i32>load<u8>(on - stride - 1) + <i32>load<u8>(on - stride + 1)) +
          v.w4);
    if (v.lumaActivity)
      sum +=
        v.w5 * 16 * <i32>load<u8>(v.lumaAlive + <usize>i) +
        v.w6 * load<i32>(v.lumaActivity + ((<usize>i) << 2));
    const level = Inline.levelOf(
      Inline.normed(sum, v.norms + ((<usize>load<i8>(v.rows + <usize>i)) << 2)),
      2,
    );
    let bit: u32 = 0;
    if (sizeof<V>() !== sizeof<Reading>()) {
      bit = <i32>load<u8>(v.last + <usize>b) >= v.band ? 1 : 0;
      if (v.notes) store<u8>(v.notes + ((<usize>b) << 3) + v.band, level);
    }
    bit = Inline.code<V>(v.contexts + <usize>level * 6, bit);
    if (sizeof<V>() === sizeof<Metering>() && v.costs) Coder.hand(v.costs + ((<usize>b) << 3));
    store<u8>(on, bit);
    if (bit) {
      store<u8>(v.ends + <usize>b, v.end);
      store<i32>(v.blocks + ((<usize>kept) << 2), b);
      kept++;
    } else store<i32>(a, 0);
  }
  v.next = n;
  v.kept = kept;
}

/** Each works from `next` on and stops early where its buffer must be exchanged; for `state` see kernels/bits.ts. */
export function readPlane(at: usize, state: usize): void {
  startDecoder(state);
  visit<Reading>(changetype<Visit>(at));
  stopDecoder(state);
}

export function readAlive(at: usize, state: usize): void {
  startDecoder(state);
  visitAlive<Reading>(changetype<Flags>(at));
  stopDecoder(state);
}

export function meterPlane(at: usize, state: usize): void {
  startMeter(state);
  visit<Metering>(changetype<Visit>(at));
  stopMeter(state);
}

export function meterAlive(at: usize, state: usize): void {
  startMeter(state);
  visitAlive<Metering>(changetype<Flags>(at));
  stopMeter(state);
}

export function writePlane(at: usize, state: usize): void {
  startEncoder(state);
  visit<Writing>(changetype<Visit>(at));
  stopEncoder(state);
}

export function writeAlive(at: usize, state: usize): void {
  startEncoder(state);
  visitAlive<Writing>(changetype<Flags>(at));
  stopEncoder(state);
}
