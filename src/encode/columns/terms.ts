import type { AdaptiveBits } from '../../bits/adaptive.js';
import { RangeEncoder } from '../../bits/range-encoder.js';
import { columnStates, type Side, side } from '../../columns/contexts.js';
import { writeColumn } from '../../columns/write.js';
import { CostMeter } from '../levels/costs.js';
import { LAMBDA } from '../levels/quantise.js';
import { nextTerm, subtract, type Term } from './factorise.js';
import { columnPrices } from './quantise-column.js';
import type { Spectrum } from './spectrum.js';

/** One step of the file. */
export interface TermStep {
  channel: number;
  term: Term;
}

/** Coded terms, in order. */
export interface CodedTerms {
  steps: TermStep[];
  /** Bytes needed up to each step. */
  ends: number[];
  stream: Uint8Array;
}

interface Shape {
  width: number;
  height: number;
}

interface Writer {
  coder: RangeEncoder;
  states: AdaptiveBits;
  sides: { left: Side; right: Side }[];
}

const writer = ({ width, height }: Shape, channels: number): Writer => ({
  coder: new RangeEncoder(),
  states: columnStates(),
  sides: Array.from({ length: channels }, () => ({ left: side(height), right: side(width) })),
});

function write({ coder, states, sides }: Writer, { channel, term }: TermStep): void {
  writeColumn(coder, states, sides[channel]!.left, term.left);
  if (term.right) writeColumn(coder, states, sides[channel]!.right, term.right);
}

/** Codes exactly the given steps. */
export function writeTerms(shape: Shape, channels: number, steps: TermStep[]): CodedTerms {
  const to = writer(shape, channels);
  const ends = steps.map(step => {
    write(to, step);
    return to.coder.settled;
  });
  return { steps, ends, stream: to.coder.finish() };
}

/** A channel ends after this many columns in a row that did not pay. On a flat spectrum, one alone says little about the next. */
const MISSES = 4;

/**
 * Factors -> bits: the terms of all channels in order of singular values. A term is kept if it removes more error than its bits are worth.
 */
export function findTerms(shape: Shape, spectra: Spectrum[], step: number, sharpen: number): CodedTerms {
  const to = writer(shape, spectra.length);
  const meter = new CostMeter(to.states);
  const open = spectra.map(({ x, rank, at }, channel) => ({
    channel,
    at,
    rank,
    residual: x.slice(),
    tried: 0,
    misses: 0,
  }));
  const steps: TermStep[] = [];
  const ends: number[] = [];
  for (;;) {
    const going = open.filter(queue => queue.tried < queue.rank && queue.misses < MISSES);
    if (!going.length) break;
    const next = going.reduce((best, queue) =>
      queue.at(queue.tried).value > best.at(best.tried).value ? queue : best,
    );
    const { channel, residual } = next;
    const start = next.at(next.tried++).v;
    const term = nextTerm(residual, start, step, to.sides[channel]!, columnPrices(meter), sharpen);
    if (term.gain <= LAMBDA * term.bits || !term.right) {
      next.misses++;
      continue;
    }
    next.misses = 0;
    subtract(residual, term);
    steps.push({ channel, term });
    write(to, steps.at(-1)!);
    ends.push(to.coder.settled);
  }
  return steps.length
    ? { steps, ends, stream: to.coder.finish() }
    : writeTerms(shape, spectra.length, [zero(shape)]);
}

/** A file has at least one column, even if it is all zeros. */
function zero({ height }: Shape): TermStep {
  const left = new Float64Array(height);
  return { channel: 0, term: { left, right: undefined, u: left, v: left, gain: 0, bits: 0 } };
}
