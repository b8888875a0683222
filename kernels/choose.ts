// optimiseChannel of src/encode/levels/quantise.ts: chooses the levels of a channel anew.

import { Coder, startMeter } from './bits';

/** The host's function, so that it rounds alike. */
declare function log2(x: f64): f64;

const UNNOTED: u32 = 1 << 30;
const TABULATED = 24;
const LARGEST_LEVEL = (1 << 18) - 1;
/** BANDS8 of src/planes/order.ts, a byte each. */
const BANDS: u32 = 0x0a06_0301;
const LATE_BANDS: u32 = 0x0040_2b10;
/** Texture is computed from the first planes after plane 0, this many. */
const COARSE = 5;

/** The input: addresses and numbers. src/kernels/choice-kernel.ts fills it. */
@unmanaged
class Choice {
  lambda: f64;
  /** For texture: D times 8, rounded. */
  scale: f64;
  blocks: i32;
  /** Number of planes kept. */
  rank: i32;
  /** Do the channel's fine steps change with luma: 0 no, 1 it is luma, 2 it is another. */
  fine: i32;
  /** For texture: eighths of its power. */
  power: i32;
  /** From row to row, of positions and of blocks. */
  stride: i32;
  cols: i32;
  /** Floats: element k of block b at b * 64 + k; 32-bit levels likewise. */
  coefficients: usize;
  levels: usize;
  /** By block: last bands, bytes; notes of alive flags, 8 bytes; positions, 32 bits; ratios, floats. */
  lastBand: usize;
  alive: usize;
  positions: usize;
  ratios: usize;
  /** Exponents of coarse and of fine rows by position, signed bytes. */
  coarseRows: usize;
  fineRows: usize;
  /** Steps at exponent 0: doubles. */
  steps: usize;
  /** Costs in squared steps: doubles of alive flags at band * 64 + level * 2 + bit, floats of "not zero" by class, level and bit, and of magnitudes. */
  flags: usize;
  zero: usize;
  sizes: usize;
  /** By place in the order of planes, see ChosenPlane. */
  planes: usize;
  contexts: usize;
  /** How much a squared error counts by band: doubles. */
  errors: usize;
}

/** A plane in the order, and the addresses of its numbers. */
@unmanaged
class ChosenPlane {
  /** Offset in bytes within a block's row. */
  within: usize;
  /** By block: notes of 32 bits. */
  notes: usize;
  /** By position: marks of its runs and exponents of its rows, bytes; gradients, floats, 0 for none. */
  marks: usize;
  rows: usize;
  gradient: usize;
  /** Steps of its column at row 0. */
  steps: usize;
  /** Distance between the blocks of its runs, in positions and in blocks. */
  hop: i32;
  blockHop: i32;
}

function bandBegin(band: i32): i32 {
  return ((band < 4 ? BANDS : LATE_BANDS) >> ((band & 3) << 3)) & 255;
}

/** compand of src/planes/companding.ts. */
function compand(value: f64): f64 {
  return min<f64>(255, trunc(sqrt(floor(128 * abs(value))) + 0.5));
}

function logarithm(x: i32): i32 {
  const octave = 31 - clz(x);
  return octave * 16 + ((16 * x) >> octave) - 16;
}

/** ratioOf of src/encode/levels/fine-steps.ts, with textureExponent of src/planes/row-weights.ts. */
function ratioOf(v: Choice, b: i32): f64 {
  const i = load<i32>(v.positions + ((<usize>b) << 2));
  let sum: f64 = 0;
  for (let n = 1; n <= COARSE; n++) {
    const plane = changetype<ChosenPlane>(v.planes + <usize>n * offsetof<ChosenPlane>());
    let first = i;
    let block = b;
    while (load<u8>(plane.marks + <usize>first) > 7) {
      first -= plane.hop;
      block -= plane.blockHop;
    }
    const level = load<i32>(v.levels + ((<usize>block) << 8) + plane.within);
    const share = trunc(sqrt(<f64>((1 << 24) >> load<u8>(plane.marks + <usize>first))) + 0.5);
    const step = load<f64>(plane.steps + ((<usize>load<i8>(v.coarseRows + <usize>i)) << 3));
    sum += abs(2 * <f64>level) * share * step;
  }
  const x = <i32>min<f64>(floor((sum * v.scale) / 65_536) + 128, 1_048_576);
  const now = max(-24, min(24, (v.power * (logarithm(x) - logarithm(256))) >> 3));
  const before = <i32>load<i8>(v.fineRows + <usize>i) - <i32>load<i8>(v.coarseRows + <usize>i);
  return load<f64>(v.steps + ((<usize>before) << 3)) / load<f64>(v.steps + ((<usize>now) << 3));
}

/** The cost that bestLevel finds beside the level. */
let lastCost: f64 = 0;

function bestLevel(v: Choice, x: f64, note: u32, zero: usize, external: f64, step: f64, worth: f64): i32 {
  const size = abs(x);
  const q = <i32>floor(size + 0.5);
  const z = zero + ((<usize>(note & 31)) << 3);
  let best = worth * x * x + <f64>load<f32>(z);
  let pick = 0;
  if (q) {
    let sign: f64 = 1;
    const context = note >> 11;
    if (context) {
      const bit: u32 = <u32>(x < 0 ? 1 : 0) ^ ((note >> 10) & 1);
      const p = Coder.probability(v.contexts + <usize>context * 6);
      sign = Coder.price(bit ? p : 32_768 - p);
    }
    const base = <f64>load<f32>(z, 4) + v.lambda * sign;
    const row = v.sizes + ((<usize>((note >> 5) & 31) * (TABULATED + 1)) << 2);
    for (let m = q > 2 ? q - 1 : 1; m <= q; m++) {
      const d = size - <f64>m;
      const bits =
        m <= TABULATED
          ? <f64>load<f32>(row + ((<usize>m) << 2))
          : <f64>load<f32>(row, TABULATED << 2) + v.lambda * 2 * log2(<f64>m / TABULATED);
      const cost = worth * d * d + base + bits + external * compand(2 * <f64>m * step);
      if (cost < best) {
        best = cost;
        pick = m;
      }
    }
  }
  lastCost = best;
  pick = min(pick, LARGEST_LEVEL);
  return x < 0 ? -pick : pick;
}

export function optimiseChannel(at: usize, coder: usize): void {
  startMeter(coder);
  const v = changetype<Choice>(at);
  for (let b = 0; b < v.blocks; b++) {
    const i = <usize>load<i32>(v.positions + ((<usize>b) << 2));
    const alive = v.alive + ((<usize>b) << 3);
    const bands = <i32>load<u8>(v.lastBand + <usize>b);
    const coefficients = v.coefficients + ((<usize>b) << 8);
    const levels = v.levels + ((<usize>b) << 8);
    let total: f64 = 0;
    let best = load<f64>(v.flags + ((<usize>(64 + 2 * <i32>load<u8>(alive, 1))) << 3));
    let end = 0;
    let ratio: f64 = 1;
    for (let band = 1; band <= bands; band++) {
      total += load<f64>(v.flags + ((<usize>(64 * band + 2 * <i32>load<u8>(alive + <usize>band) + 1)) << 3));
      if (v.fine && band === 3)
        ratio = v.fine > 1 ? <f64>load<f32>(v.ratios + ((<usize>b) << 2)) : ratioOf(v, b);
      const worth = load<f64>(v.errors + ((<usize>band) << 3));
      let used = false;
      const last = min(bandBegin(band), v.rank);
      for (let n = bandBegin(band - 1); n < last; n++) {
        const plane = changetype<ChosenPlane>(v.planes + <usize>n * offsetof<ChosenPlane>());
        const x = <f64>load<f32>(coefficients + plane.within) * ratio;
        const note = load<u32>(plane.notes + ((<usize>b) << 2));
        const run = (<usize>load<u8>(plane.marks + i) + 7) >> 3;
        const zero = v.zero + (run << 8);
        if (note >= UNNOTED || (x < 0.5 && x > -0.5)) {
          store<i32>(levels + plane.within, 0);
          total += <f64>load<f32>(zero + ((<usize>(note & 31)) << 3));
          continue;
        }
        const external = plane.gradient ? v.lambda * <f64>load<f32>(plane.gradient + (i << 2)) : 0;
        const step = load<f64>(plane.steps + ((<usize>load<i8>(plane.rows + i)) << 3)) / ratio;
        const level = bestLevel(v, x, note, zero, external, step, worth);
        store<i32>(levels + plane.within, level);
        if (level) used = true;
        total += lastCost - worth * x * x;
      }
      const ended =
        total +
        load<f64>(v.flags + ((<usize>(64 * (band + 1) + 2 * <i32>load<u8>(alive + <usize>band, 1))) << 3));
      if (ended < best && used) {
        best = ended;
        end = band;
      }
    }
    for (let n = bandBegin(end); n < 64; n++) {
      const plane = changetype<ChosenPlane>(v.planes + <usize>n * offsetof<ChosenPlane>());
      store<i32>(levels + plane.within, 0);
    }
    store<u8>(v.lastBand + <usize>b, end);
    if (v.fine === 1) store<f32>(v.ratios + ((<usize>b) << 2), <f32>ratioOf(v, b));
  }
}
