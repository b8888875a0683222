import { CodecError } from '../core/errors.js';
import { STEP_BITS, stepCode } from '../format/step.js';

/** A coded file and how good it is. */
export interface Coded {
  bytes: Uint8Array;
  /** dB over all colour samples; Infinity when exact. */
  psnr: number;
  /** Squared error over all colour samples, in units of 1 / 255 of the peak. */
  error: number;
}

/** Quantiser step of a quality: 27 at 75, twice that 18 below, half of it 10 above. */
export function stepOfQuality(quality: number): number {
  return 27 * 2 ** ((75 - quality) / (quality > 75 ? 10 : 18));
}

/** A quantiser step to begin with. */
export const guessStep = (target: { psnr: number } | { bytes: number }): number =>
  'psnr' in target ? 27 * 2 ** ((36.5 - target.psnr) / 5) : 27;

const MOST = 2 ** STEP_BITS - 1;

/**
 * The coarsest step whose file meets a target: at least `psnr` dB, or at most `bytes`, the latter the finest. Bisection over the codes from a guess,
 * widened until it brackets. Throws TARGET when no step meets it.
 */
export function searchStep(code: (step: number) => Coded, target: { psnr: number } | { bytes: number }): Coded {
  const tried = new Map<number, Coded>();
  const at = (step: number): Coded => {
    if (!tried.has(step)) tried.set(step, code(step));
    return tried.get(step)!;
  };
  // Seen from PSNR: fine steps meet it; seen from bytes: coarse steps do. `gap` grows with the step in both.
  const gap = (c: Coded): number =>
    'psnr' in target ? target.psnr - c.psnr : Math.log(target.bytes / c.bytes.length) * 8.7;
  let step = stepCode(guessStep(target));
  let low = -1;
  let high = MOST + 1;
  // Secant steps in the log of the step size: 6 dB, or a factor of two in bytes, is about one octave (256 codes).
  for (let round = 0; round < 24 && high - low > 1; round++) {
    const here = gap(at(step));
    const meets = 'psnr' in target ? here <= 0 : here >= 0;
    const slack = 'psnr' in target ? -here : here / 8.7;
    if (meets && slack < ('psnr' in target ? 0.04 : 0.015)) break;
    if (here > 0) high = step;
    else low = step;
    const jump = Math.round(-here * (256 / 6)) || Math.sign(-here);
    const aim = step + jump;
    step = aim > low && aim < high ? aim : Math.round((Math.max(low, 0) + Math.min(high, MOST)) / 2);
    if (step <= low) step = low + 1;
    if (step >= high) step = high - 1;
  }
  const meeting = [...tried].filter(([, c]) => ('psnr' in target ? c.psnr >= target.psnr : c.bytes.length <= target.bytes));
  if (meeting.length === 0) {
    const best = [...tried.values()].map(c => ('psnr' in target ? c.psnr : c.bytes.length));
    throw new CodecError('TARGET', {
      field: 'psnr' in target ? 'psnr' : 'size',
      got: 'psnr' in target ? target.psnr : target.bytes,
      expected: 'psnr' in target ? `at most ${Math.max(...best).toFixed(2)} dB` : `at least ${Math.min(...best)} bytes`,
    });
  }
  return meeting.sort(([a], [b]) => ('psnr' in target ? b - a : a - b))[0]![1];
}
