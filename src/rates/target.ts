import { clamp } from '../core/clamp.js';
import { CodecError } from '../core/errors.js';
import { STEP_BITS, stepCode } from '../planes/step.js';

/** A coded file and how good it is. */
export interface Coded {
  bytes: Uint8Array;
  /** dB over all colour samples; Infinity when exact. */
  psnr: number;
  /** Squared error over all colour samples, in units of 1 / 255 of the peak. */
  error: number;
}

/** What a file is to meet: at least so many dB, or at most so many bytes. */
export type Target = { psnr: number } | { bytes: number };

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

/** A coding in so few passes that it takes a fraction of the time, and what the whole one has more: dB, and bytes, as a share. Means over Kodak photos and steps of 6 to 100. */
const ROUGH = { passes: 1, psnr: 0.28, bytes: 1.006 };
const FINE = { passes: 2, psnr: 0.12, bytes: 0.997 };
/** Rough codings at most, and a gap, see gapOf, that ends them. */
const ROUGHS = 4;
const NEAR = 0.1;

/** Where the search begins, and how many codes of steps are a dB there. */
interface Start {
  step: number;
  slope: number;
}

/** The step at which the whole coding is likely to meet the target, by secant steps on quick ones. */
function likelyStep(quick: (step: number, passes: number) => Coded, target: Target, finest: number): Start {
  // In the middle of what is near enough.
  const aim = 'psnr' in target ? { psnr: target.psnr + 0.02 } : { bytes: target.bytes * 0.992 };
  const within = (step: number): number => Math.round(Math.max(finest, Math.min(MOST, step)));
  const gapAt = (step: number, { passes, psnr, bytes }: typeof ROUGH): number => {
    const coded = quick(step, passes);
    return gapOf(aim, { psnr: coded.psnr + psnr, bytes: { length: coded.bytes.length * bytes } });
  };
  let slope = 256 / 6;
  let step = within(stepCode(guessStep(target)));
  let gap = gapAt(step, ROUGH);
  for (let n = 1; n < ROUGHS && Math.abs(gap) > NEAR; n++) {
    const next = within(step - gap * slope);
    if (next === step) break;
    const there = gapAt(next, ROUGH);
    if (Math.abs(there - gap) > NEAR) slope = clamp(16, (next - step) / (there - gap), 160);
    step = next;
    gap = there;
  }
  step = within(step - gap * slope);
  if ('psnr' in target) step = within(step - gapAt(step, FINE) * slope);
  return { step, slope };
}

/**
 * The coarsest step whose file has at least `psnr` dB, or the finest whose file has at most `bytes`, among the codes from `finest` on: secant
 * steps from a guess, the longer the longer there is no bracket, then bisection. `code` takes a step and what a bit costs there, in shares of
 * what it costs otherwise: that moves a file less than a step does, with PSNR and bytes ragged in both. Ends early within 0.04 dB or 1.5 %. Throws TARGET when the
 * finest, or the coarsest, step does not meet it. Where there is a `quick` coding in so many passes, the search begins where that says.
 */
export function searchStep(
  code: (step: number, price: number) => Coded,
  target: Target,
  finest = 0,
  quick?: (step: number, passes: number) => Coded,
): Coded {
  const tried = new Map<number, Coded>();
  const at = (step: number, price = 1): Coded => {
    const key = step + 1e4 * price;
    if (!tried.has(key)) tried.set(key, code(step, price));
    return tried.get(key)!;
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
    if (meets(target, here) && Math.abs(gap) < ('psnr' in target ? 0.04 : 0.13)) return here;
    if (gap > 0) high = step;
    else low = step;
    const open = gap > 0 ? low < finest : high > MOST;
    const jump = Math.max(Math.round(Math.abs(gap) * slope) || 1, open ? (quick ? 1 : 4) << round : 1);
    const aim = gap > 0 ? step - jump : step + jump;
    const halved = round > SECANTS && !open;
    step = halved || aim <= low || aim >= high ? (low + high) >> 1 : aim;
    if (open && (aim <= low || aim >= high)) step = gap > 0 ? finest : MOST;
  }
  // Of all that meet the target the nearest; PSNR and bytes are not smooth in the step, so some steps beyond the crossing may be nearer.
  const off = (coded: Coded): number =>
    meets(target, coded) ? Math.min(1e6, Math.abs(gapOf(target, coded))) : Infinity;
  const nearest = (): Coded =>
    [...tried.values()].reduce((best, next) => {
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
        field: 'size',
        got: target.bytes,
        expected: `at least ${at(MOST).bytes.length} bytes`,
      });
}
