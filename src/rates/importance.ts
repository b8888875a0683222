import type { Step } from '../planes/schedule.js';

/** What one step of a plain order gains and costs. */
export interface Worth {
  step: Step;
  /** Squared error that it removes. */
  gain: number;
  bits: number;
}

/**
 * The order of importance of the channels' bands. Each turn goes to the channel whose next bands remove most error per bit; the best run of
 * bands is judged as one. A band of a chroma channel comes after the same band of the channels that its contexts look at. Steps of plane
 * 0's level are not part of it. The bands may begin anywhere, as in a part of the order.
 */
export function orderOfImportance(
  worths: Worth[],
  channels: number,
  roleOf: (channel: number) => number,
): number[] {
  const queues = Array.from({ length: channels }, (_, c) => worths.filter(({ step }) => step.channel === c));
  const next = new Array<number>(channels).fill(0);
  const order: number[] = [];
  const bandOf = (c: number): number => queues[c]![next[c]!]?.step.band ?? Infinity;
  const ready = (c: number): boolean => {
    if (next[c]! >= queues[c]!.length) return false;
    for (let before = c - roleOf(c); before < c; before++) if (bandOf(before) <= bandOf(c)) return false;
    return true;
  };
  const slope = (c: number): number => {
    let best = 0;
    let gain = 0;
    let bits = 0;
    for (const worth of queues[c]!.slice(next[c]!)) {
      gain += worth.gain;
      bits += worth.bits;
      best = Math.max(best, gain / (bits + 1));
    }
    return best;
  };
  const total = queues.reduce((sum, queue) => sum + queue.length, 0);
  while (order.length < total) {
    let pick = -1;
    for (let c = 0; c < channels; c++) if (ready(c) && (pick < 0 || slope(c) > slope(pick))) pick = c;
    order.push(pick);
    next[pick]!++;
  }
  return order;
}
