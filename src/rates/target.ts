import { clamp } from '../core/clamp.js';
import { CodecError } from '../core/errors.js';
import { STEP_BITS, stepCode, stepOf } from '../planes/step.js';
import type { Forecast } from './magnitudes.js';

/** A coded file and how good it is. */
export interface Coded {
  bytes: Uint8Array;
  /** dB over all colour samples; Infinity when exact. */
  psnr: number;
  /** Squared error over all colour samples, in units of 1 / 255 of the peak. */
  error: number;
  /** The same step, its last pass done anew with a bit that costs so many times as much: in a third of the time a little finer or coarser, as smoothly as no step is. */
  again?: (price: number) => Coded;
}

/** What a file is to meet: at least so many dB, or at most so many bytes, which may have been asked for as bits a pixel. */
export type Target = { psnr: number } | { bytes: number; bpp?: number | undefined };

/**
 * Quantiser step of a quality where errors are weighed by the eye: about the one whose pictures score so much by SSIMULACRA 2, mean of the 24 Kodak photos, between 30
 * and 95. 44.8 at 50, 20 at 75, 7.1 at 90.
 */
export const stepOfLooks = (quality: number): number => 0.4 * (101 - quality) ** 1.2;

/** Quantiser step of a quality where all errors count alike: 27 at 75, twice that 18 below, half of it 6.5 above (1.9 at 100). */
export function stepOfQuality(quality: number): number {
  return 27 * 2 ** ((75 - quality) / (quality > 75 ? 6.5 : 18));
}

/** The quality of a quantiser step, the inverse of stepOfQuality, within 0 to 100. */
export const qualityOfStep = (step: number): number =>
  Math.max(0, Math.min(100, 75 - (step < 27 ? 6.5 : 18) * Math.log2(step / 27)));

/** A quantiser step to begin with. */
export const guessStep = (target: Target): number =>
  'psnr' in target ? 27 * 2 ** ((36.5 - target.psnr) / 5) : 27;

const MOST = 2 ** STEP_BITS - 1;
/** Rounds of secant steps; after them the bracket is halved, which takes twelve at most. */
const SECANTS = 10;
/** Where no step near the crossing is near the target, so many prices of a bit are tried on both sides of it, each so much further, then as many steps. */
const PROBES = 8;
const PRICE = 0.02;

/** What is asked of a file. */
interface Size {
  psnr: number;
  bytes: { length: number };
}

/** How far a file is on the coarse side of a target, in dB, a factor of two in bytes counting as 6; negative on the fine side. */
const gapOf = (target: Target, { psnr, bytes }: Size): number =>
  'psnr' in target ? target.psnr - psnr : Math.log(target.bytes / bytes.length) * 8.7;

const meets = (target: Target, { psnr, bytes }: Coded): boolean =>
  'psnr' in target ? psnr >= target.psnr : bytes.length <= target.bytes;

/** Coding in one pass, in a quarter of the time, and what may be expected of it. */
export interface Quick extends Forecast {
  code: (step: number) => Coded;
}

/** What the whole coding has more than the quick one, means over Kodak photos and steps D of 6 to 100: dB, and bytes, as a share, less at coarse steps. */
const MORE = { psnr: 0.34, bytes: (step: number) => clamp(0.99, 1.02 - 0.0003 * step, 1.014) };
/** Quick codings at most, and a gap, see gapOf, from which on the forecast is sure enough. */
const ROUNDS = 3;
const NEAR = 1;

/** What ends the search, gaps as gapOf has them: the middle of what is near enough, and how far that goes; and how much the gap grows with the logarithm of the price of the last pass, about, as that falls and as it rises. */
const ENOUGH = {
  psnr: { middle: -0.02, most: 0.04, growth: [0.145, 0.21] },
  bytes: { middle: 0.065, most: 0.13, growth: [0.17, 0.38] },
} as const;
/** The price of the last pass goes up and down by this factor at most, and so many are tried. */
const DEAREST = 2.5;
const PRICES = 3;

/** Where the search begins, and how many codes of steps are a dB there. */
interface Start {
  step: number;
  slope: number;
}

/** The step at which the whole coding is likely to meet the target: where it should by the forecast, mended by what quick codings turn out to be. */
function likelyStep(quick: Quick, target: Target, finest: number): Start {
  const { middle } = enoughOf(target);
  const forecast = (step: number): number =>
    gapOf(target, { psnr: quick.psnr(step), bytes: { length: quick.bytes(step) } });
  /** The step that has this gap by the forecast. */
  const stepOfGap = (gap: number): number => {
    let [low, high] = [finest, MOST];
    while (low < high) {
      const half = (low + high) >> 1;
      if (forecast(half) < gap) low = half + 1;
      else high = half;
    }
    return low;
  };
  let step = stepOfGap(middle);
  for (let round = 0; round < ROUNDS; round++) {
    const { psnr, bytes } = quick.code(step);
    const gap =
      gapOf(target, { psnr: psnr + MORE.psnr, bytes: { length: bytes.length * MORE.bytes(stepOf(step)) } }) -
      middle;
    step = stepOfGap(forecast(step) - gap);
    if (Math.abs(gap) < NEAR) break;
  }
  const [from, to] = [Math.max(finest, step - 16), Math.min(MOST, step + 16)];
  return { step, slope: clamp(16, (to - from) / (forecast(to) - forecast(from)), 160) };
}

const enoughOf = (target: Target) => ENOUGH['psnr' in target ? 'psnr' : 'bytes'];

const isEnough = (target: Target, coded: Coded): boolean =>
  meets(target, coded) && Math.abs(gapOf(target, coded)) < enoughOf(target).most;

/** What was coded, with other prices in its last pass, by secant steps: the last of these, one that is enough, if there is any. */
function repriced(coded: Coded, target: Target): Coded[] {
  const { middle, growth } = enoughOf(target);
  const made: Coded[] = [];
  let [log, gap] = [0, gapOf(target, coded)];
  const usual = growth[gap > middle ? 0 : 1];
  let grown: number = usual;
  for (let n = 0; n < PRICES && coded.again; n++) {
    const next = log + (middle - gap) / grown;
    if (Math.abs(next) > Math.log(DEAREST)) break;
    const other = coded.again(Math.exp(next));
    made.push(other);
    if (isEnough(target, other)) break;
    const there = gapOf(target, other);
    grown = clamp(usual / 3, (there - gap) / (next - log), 3 * usual);
    log = next;
    gap = there;
  }
  return made;
}

/**
 * The coarsest step whose file has at least `psnr` dB, or the finest whose file has at most `bytes`, among the codes from `finest` on: secant
 * steps from a guess, the longer the longer there is no bracket, then bisection. `code` takes a step and what a bit costs there, in shares of
 * what it costs otherwise: that moves a file less than a step does, with PSNR and bytes ragged in both. Ends early within 0.04 dB or 1.5 %. Throws TARGET when the
 * finest, or the coarsest, step does not meet it. Where there is a `quick` coding, the search begins where that says.
 */
export function searchStep(
  code: (step: number, price: number) => Coded,
  target: Target,
  finest = 0,
  quick?: Quick,
): Coded {
  /** All that was coded, but for what it would be coded again from, which is large; and by step and price which it is. */
  const made: Coded[] = [];
  const keep = ({ again: _, ...coded }: Coded): Coded => made[made.push(coded) - 1]!;
  const tried = new Map<number, Coded>();
  const at = (step: number, price = 1): Coded => {
    const key = step + 1e4 * price;
    const before = tried.get(key);
    if (before) return before;
    const coded = code(step, price);
    tried.set(key, keep(coded));
    return coded;
  };
  // The step lies between `low`, on the fine side of the target, and `high`, on the coarse one.
  let low = finest - 1;
  let high = MOST + 1;
  let { step, slope }: Start = quick
    ? likelyStep(quick, target, finest)
    : { step: Math.max(finest, stepCode(guessStep(target))), slope: 256 / 6 };
  for (let round = 0; high - low > 1; round++) {
    const here = at(step);
    const gap = gapOf(target, here);
    if (isEnough(target, here)) return here;
    const last = repriced(here, target).map(keep).at(-1);
    if (last && isEnough(target, last)) return last;
    if (gap > 0) high = step;
    else low = step;
    const open = gap > 0 ? low < finest : high > MOST;
    const missed = Math.abs(gap - (quick ? enoughOf(target).middle : 0));
    const jump = Math.max(Math.round(missed * slope) || 1, open ? (quick ? 1 : 4) << round : 1);
    const aim = gap > 0 ? step - jump : step + jump;
    const halved = round > SECANTS && !open;
    step = halved || aim <= low || aim >= high ? (low + high) >> 1 : aim;
    if (open && (aim <= low || aim >= high)) step = gap > 0 ? finest : MOST;
  }
  // Of all that meet the target the nearest; PSNR and bytes are not smooth in the step, so some steps beyond the crossing may be nearer.
  const off = (coded: Coded): number =>
    meets(target, coded) ? Math.min(1e6, Math.abs(gapOf(target, coded))) : Infinity;
  const nearest = (): Coded =>
    made.reduce((best, next) => {
      const gain = off(best) - off(next) || best.bytes.length - next.bytes.length;
      return gain > 0 ? next : best;
    });
  for (let n = 0; n < 2 * PROBES && off(nearest()) > ('psnr' in target ? 0.05 : 0.17); n++) {
    const isPrice = n < PROBES;
    const side = n & 1 ? 1 : -1;
    const away = (n >> 1) % (PROBES / 2);
    const step = (side > 0 ? low : high) - (isPrice ? 0 : side * away);
    at(Math.max(finest, Math.min(MOST, step)), isPrice ? 1 + side * PRICE * (away + 1) : 1);
  }
  const found = nearest();
  if (meets(target, found)) return found;
  throw 'psnr' in target
    ? new CodecError('TARGET', {
        field: 'psnr',
        got: target.psnr,
        expected: `at most ${at(finest).psnr.toFixed(2)} dB`,
      })
    : new CodecError('TARGET', {
        ...(target.bpp === undefined
          ? { field: 'size', got: target.bytes }
          : { field: 'bpp', got: target.bpp }),
        expected: `at least ${at(MOST).bytes.length} bytes`,
      });
}
