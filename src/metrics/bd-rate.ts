import { CodecError } from '../core/errors.js';
import { paretoFront, type RatePoint } from './pareto-front.js';
import { evaluate, integrate, pchip } from './pchip.js';

/** Overlaps shorter than this (in units of the metric) say nothing. */
const LEAST_OVERLAP = 0.1;

/**
 * Bjontegaard delta rate: by how many percent the size of `test` differs from that of `anchor` at equal
 * quality, on average; negative where `test` is smaller. G. Bjontegaard, Calculation of average PSNR
 * differences between RD-curves (VCEG-M33, 2001), with log10 of the size as a monotone piecewise cubic of
 * the metric in place of one cubic through four points; the curves are first reduced to their Pareto
 * fronts.
 *
 * The mean is taken over the qualities that both reach; `range` narrows them to those that the anchor
 * reaches between two sizes, [low, high] in the unit of `bpp`, `levels` to those between two qualities, in
 * the unit of `metric`; either end may be undefined. Undefined where a front has fewer than two points or
 * the common interval is shorter than 0.1. Throws OPTION where low > high or one is not a number.
 */
export function bdRate(
  test: readonly RatePoint[],
  anchor: readonly RatePoint[],
  range: readonly [low?: number, high?: number] = [],
  levels: readonly [low?: number, high?: number] = [],
): number | undefined {
  const [low, high] = ends('range', range, 0);
  const [worst, best] = ends('levels', levels, -Infinity);
  const tested = paretoFront(test);
  const base = paretoFront(anchor);
  if (tested.length < 2 || base.length < 2) return undefined;
  let from = Math.max(tested[0]!.metric, base[0]!.metric, worst);
  let to = Math.min(tested.at(-1)!.metric, base.at(-1)!.metric, best);
  const smallest = base[0]!.bpp;
  const largest = base.at(-1)!.bpp;
  const metrics = pchip(logSizes(base), qualities(base));
  const reached = (bpp: number): number => evaluate(metrics, Math.log10(bpp));
  if (low > smallest) from = Math.max(from, reached(Math.min(low, largest)));
  if (high < largest) to = Math.min(to, reached(Math.max(high, smallest)));
  if (to - from < LEAST_OVERLAP) return undefined;
  const area = (front: RatePoint[]): number => integrate(pchip(qualities(front), logSizes(front)), from, to);
  return (10 ** ((area(tested) - area(base)) / (to - from)) - 1) * 100;
}

function ends(
  field: string,
  [low, high = Infinity]: readonly [low?: number, high?: number],
  least: number,
): [number, number] {
  const from = low ?? least;
  if (from <= high) return [from, high];
  throw new CodecError('OPTION', { field, got: `${from}, ${high}`, expected: 'low <= high' });
}

const logSizes = (front: readonly RatePoint[]): Float64Array =>
  Float64Array.from(front, ({ bpp }) => Math.log10(bpp));

const qualities = (front: readonly RatePoint[]): Float64Array =>
  Float64Array.from(front, ({ metric }) => metric);
