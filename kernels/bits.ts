// src/bits: adaptive contexts of three numbers of 16 bits, range decoder and encoder; and CostMeter of src/encode/levels. One coder is at work at a time: its state
// stands in globals from start to stop.

const BOTTOM: u32 = 1 << 22;

/** By number of bits seen: the share of the next one, 32 bits each. For a meter, by probability: bits, as floats. */
let rates: usize = 0;
let prices: usize = 0;

let range: u32 = 0;
/** For a decoder: the word, the next byte, the end of the bytes at hand, and the address from which on it wants more. */
let word: u32 = 0;
let next: usize = 0;
let end: usize = 0;
let soft: usize = 0;
/** For an encoder: the low end, where its bytes begin and the next one goes, and whether a carry has run over the first of them. */
let low: u64 = 0;
let out: usize = 0;
let first: usize = 0;
let carry: u32 = 0;
/** Bits that a meter has counted, and the worth of one. */
let meter: f64 = 0;
let lambda: f64 = 0;

/** The state of the coder in memory. src/kernels fills it and reads it back, by the words of coder-state.ts. */
@unmanaged
class State {
  low: u64;
  meter: f64;
  lambda: f64;
  rates: usize;
  prices: usize;
  range: u32;
  word: u32;
  next: usize;
  end: usize;
  soft: usize;
  first: usize;
  carry: u32;
}

export function startDecoder(at: usize): void {
  const state = changetype<State>(at);
  rates = state.rates;
  range = state.range;
  word = state.word;
  next = state.next;
  end = state.end;
  soft = state.soft;
}

export function stopDecoder(at: usize): void {
  const state = changetype<State>(at);
  state.range = range;
  state.word = word;
  state.next = next;
}

export function startEncoder(at: usize): void {
  const state = changetype<State>(at);
  rates = state.rates;
  range = state.range;
  low = state.low;
  first = state.first;
  out = state.next;
  soft = state.soft;
  carry = 0;
}

export function stopEncoder(at: usize): void {
  const state = changetype<State>(at);
  state.range = range;
  state.low = low;
  state.next = out;
  state.carry = carry;
}

export function startMeter(at: usize): void {
  const state = changetype<State>(at);
  rates = state.rates;
  prices = state.prices;
  meter = state.meter;
  lambda = state.lambda;
}

export function stopMeter(at: usize): void {
  changetype<State>(at).meter = meter;
}

function shift(): void {
  if (low >> 32) {
    low &= 0xffff_ffff;
    let at = out;
    for (;;) {
      if (at === first) {
        carry = 1;
        break;
      }
      at--;
      const byte = <u32>load<u8>(at) + 1;
      store<u8>(at, byte);
      if (byte & 255) break;
    }
  }
  store<u8>(out++, <u32>(low >> 24));
  low = (low & 0xff_ffff) << 8;
}

/** What is done for each bit, inlined: calls would take as long as the work. */
// biome-ignore lint/complexity/noStaticOnlyClass: only methods can be decorated
export class Coder {
  /** Are so few bytes left that the next block may need more? */
  @inline static mustLoad(): bool {
    return next > soft;
  }

  @inline static mustStore(): bool {
    return out > soft;
  }

  /** P(1) in 1/32,768, see AdaptiveBits. */
  @inline static probability(context: usize): u32 {
    return ((<u32>load<u16>(context) + <u32>load<u16>(context, 2)) >> 2) | 24;
  }

  @inline static learn(context: usize, bit: u32): void {
    const target = (0 - <i32>bit) & 65_535;
    const slow = <i32>load<u16>(context);
    const fast = <i32>load<u16>(context, 2);
    const n = <i32>load<u16>(context, 4);
    store<u16>(context, slow + (((target - slow) * load<i32>(rates + ((<usize>n) << 2))) >> 15));
    store<u16>(context, fast + (((target - fast) * load<i32>(rates + ((<usize>min(n, 20)) << 2))) >> 15), 2);
    store<u16>(context, min(n + 1, 255), 4);
  }

  /** Bytes past the end read as zeros; the caller checks whether there were too many. */
  @inline static read(p: u32): u32 {
    const bound = (range >>> 15) * p;
    const one = word < bound;
    range = select<u32>(bound, range - bound, one);
    word = select<u32>(word, word - bound, one);
    while (range < BOTTOM) {
      range <<= 8;
      word <<= 8;
      if (next < end) word |= <u32>load<u8>(next);
      next++;
    }
    return <u32>one;
  }

  @inline static write(bit: u32, p: u32): void {
    const bound = (range >>> 15) * p;
    low += select<u64>(0, <u64>bound, bit !== 0);
    range = select<u32>(bound, range - bound, bit !== 0);
    while (range < BOTTOM) {
      range <<= 8;
      shift();
    }
  }

  /** The cost of a bit. */
  @inline static price(p: u32): f64 {
    return <f64>load<f32>(prices + ((<usize>p) << 2));
  }

  @inline static count(p: u32): void {
    meter += Coder.price(p);
  }

  @inline static countOne(): void {
    meter += 1;
  }

  /** Adds what has been counted to a block's costs. */
  @inline static hand(to: usize): void {
    store<f64>(to, load<f64>(to) + lambda * meter);
    meter = 0;
  }
}
