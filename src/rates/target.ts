import { clamp } from '../core/clamp.js';
import { CodecError } from '../core/errors.js';
import { roundedDown } from '../core/rounded-down.js';
import { STEP_BITS, stepCode, stepOf } from '../planes/step.js';
import type { Forecast } from './magnitudes.js';

/** A coded file and its quality. */
export interface Coded {
  bytes: Uint8Array;
  /** dB over all colour samples; Infinity if exact. */
  psnr: number;
  /** Squared error over all colour samples, in units of 1 / 255 of the peak. */
  error: number;
  /**
   * Repeats the last pass at the same step with a bit that costs `price` times as much. In a third of the time this gives a slightly finer
   * or coarser file, in smaller changes than any step makes.
   */
  again?: (price: number) => Coded;
}

/** The target of a file: at least this many dB, or at most this many bytes, which may have been given as bits a pixel. */
export type Target = { psnr: number } | { bytes: number; bpp?: number | undefined };

/**
 * Quantiser step of a quality where errors are weighted for the eye: about the step whose pictures reach this SSIMULACRA 2, in the mean
 * over the 24 Kodak photos, between 30 and 95. 44.8 at 50, 20 at 75, 7.1 at 90.
 */
export const stepOfLooks = (quality: number): number => 0.4 * (101 - quality) ** 1.2;

/** Quantiser step of a quality where all errors count alike: 27 at 75, doubled 18 below, halved 6.5 above (1.9 at 100). */
export function stepOfQuality(quality: number): number {
  return 27 * 2 ** ((75 - quality) / (quality > 75 ? 6.5 : 18));
}

/** The quality of a quantiser step, the inverse of stepOfQuality, within 0 to 100. */
export const qualityOfStep = (step: number): number =>
  Math.max(0, Math.min(100, 75 - (step < 27 ? 6.5 : 18) * Math.log2(step / 27)));

/** A quantiser step to start with. */
export const guessStep = (target: Target): number =>
  'psnr' in target ? 27 * 2 ** ((36.5 - target.psnr) / 5) : 27;

const MOST = 2 ** STEP_BITS - 1;
/** Rounds of secant steps; after them the bracket is halved, which takes twelve rounds at most. */
const SECANTS = 10;
/**
 * If no step near the crossing is near the target, this many prices of a bit are tried on both sides, each this much further, and then as
 * many steps.
 */
const PROBES = 8;
const PRICE = 0.02;

/** The size and quality of a file. */
interface Size {
  psnr: number;
  bytes: { length: number };
}

/** How far a file is on the coarse side of a target, in dB, where a factor of two in bytes counts as 6; negative on the fine side. */
const gapOf = (target: Target, { psnr, bytes }: Size): number =>
  'psnr' in target ? target.psnr - psnr : Math.log(target.bytes / bytes.length) * 8.7;

const meets = (target: Target, { psnr, bytes }: Coded): boolean =>
  'psnr' in target ? psnr >= target.psnr : bytes.length <= target.bytes;

/** Coding in one pass, in a quarter of the time, with a forecast. */
export interface Quick extends Forecast {
  code: (step: number) => Coded;
}

/**
 * What the full coding has more than the quick one, means over Kodak photos and steps D of 6 to 100: dB, and bytes as a ratio, which is
 * lower at coarse steps.
 */
const MORE = { psnr: 0.34, bytes: (step: number) => clamp(0.99, 1.02 - 0.0003 * step, 1.014) };
/** Most quick codings, and the gap (see gapOf) below which the forecast is certain enough. */
const ROUNDS = 3;
const NEAR = 1;

/**
 * When the search ends, with gaps as in gapOf: the middle of the acceptable gaps, and their range. And about how much the gap grows with
 * the logarithm of the price of the last pass, as that falls and as it rises.
 */
const ENOUGH = {
  psnr: { middle: -0.02, most: 0.04, growth: [0.145, 0.21] },
  bytes: { middle: 0.065, most: 0.13, growth: [0.17, 0.38] },
} as const;
/** The price of the last pass changes by at most this factor, either way, and this many prices are tried. */
const DEAREST = 2.5;
const PRICES = 3;

/** Where the search begins, and how many codes of steps correspond to a dB there. */
interface Start {
  step: number;
  slope: number;
}

/** The step at which the full coding is likely to meet the target: that of the forecast, corrected by quick codings. */
function likelyStep(quick: Quick, target: Target, finest: number): Start {
  const { middle } = enoughOf(target);
  const forecast = (step: number): number =>
    gapOf(target, { psnr: quick.psnr(step), bytes: { length: quick.bytes(step) } });
  /** The step with this gap by the forecast. */
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

/** Codes the last pass again with other prices, by secant steps. Ends with one that is close enough, if there is any. */
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
 * The coarsest step whose file has at least `psnr` dB, or the finest whose file has at most `bytes`, among the codes from `finest` on:
 * secant steps from a guess, longer each time until there is a bracket, then bisection. `code` takes a step and the price of a bit relative
 * to the usual one, which changes a file less than a step does; both PSNR and bytes are ragged in both. Ends early within 0.04 dB or 1.5 %.
 * With a `quick` coding, the search begins where that suggests. One function, since all phases share the tries so far and the bracket.
 *
 * If nothing that was tried meets the target, the finest or coarsest step is coded by `last`. Throws TARGET if that does not meet it either,
 * with what it reaches: since `last` does not depend on the target, this can be asked for.
 */
export function searchStep(
  code: (step: number, price: number) => Coded,
  target: Target,
  finest = 0,
  quick?: Quick,
  last: (step: number) => Coded = step => code(step, 1),
): Coded {
  /** Everything coded, without the large data for coding it again; and the index by step and price. */
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
  // The step lies between `low`, on the fine side of the target, and `high`, on the coarse side.
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
  // Takes the nearest of all that meet the target. PSNR and bytes are not smooth in the step, so steps beyond the crossing may be nearer.
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
  const end = last('psnr' in target ? finest : MOST);
  if (meets(target, end)) return end;
  throw 'psnr' in target
    ? new CodecError('TARGET', {
        field: 'psnr',
        got: target.psnr,
        expected: `at most ${roundedDown(end.psnr)} dB`,
      })
    : new CodecError('TARGET', {
        ...(target.bpp === undefined
          ? { field: 'size', got: target.bytes }
          : { field: 'bpp', got: target.bpp }),
        expected: `at least ${end.bytes.length} bytes`,
      });
}
