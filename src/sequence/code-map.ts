import { CLEARED, FLAT, type Frame, type FrameCoder, KEPT } from './frame.js';
import type { Memory } from './memory.js';
import { codedContext, sourceContext } from './states.js';

/** Codes by block whether anything is coded there and, if so, the source. Returns both by position. */
export function codeMap(
  coder: FrameCoder,
  { factors, coded: was, sources: from }: Memory,
  frame: Frame,
): Pick<Memory, 'coded' | 'sources'> {
  const { positions, stride, places } = factors[0]!;
  const coded = new Uint8Array(places);
  const sources = new Uint8Array(places);
  positions.forEach((i, b) => {
    const near = coded[i - 1]! + coded[i - stride]!;
    const far = coded[i - stride - 1]! + coded[i - stride + 1]!;
    const context = codedContext(near, far, was[i]!, was[i + 1]! + was[i + stride]!);
    frame.coded[b] = coded[i] = coder.bit(context, frame.coded[b]!);
    if (!coded[i]) {
      frame.sources[b] = KEPT;
      return;
    }
    const known: number[] = [];
    for (const at of [i - 1, i - stride]) if (coded[at]) known.push(sources[at]!);
    if (was[i]) known.push(from[i]!);
    const is = (question: number, source: number): number => {
      const yes = known.filter(s => s === source).length;
      return coder.bit(sourceContext(question, yes, known.length), frame.sources[b] === source ? 1 : 0);
    };
    frame.sources[b] = sources[i] = is(0, KEPT) ? KEPT : is(1, FLAT) ? FLAT : CLEARED;
  });
  return { coded, sources };
}
