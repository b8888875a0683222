import { inTurn } from '../../planes/kernels.js';
import type { Work } from '../work.js';
import { type AnalyseWork, analysePart } from './analyse-part.js';
import { type ChooseWork, choosePart } from './choose-part.js';
import { type MeasureWork, measurePart } from './measure-part.js';
import { type WriteWork, writePart } from './write-part.js';

/** Work on a large picture, part by part. It can be cloned, and threads may share its arrays. */
export type PartsWork =
  | { analyse: AnalyseWork }
  | { choose: ChooseWork }
  | { write: WriteWork }
  | { measure: MeasureWork };

/** The number of parts to work on. */
export const partsIn = (work: Record<string, { parts: unknown[] }>): number =>
  Object.values(work)[0]!.parts.length;

/** Works on part n; `tell` is called with the passes done. */
export function workOnPart(work: PartsWork, n: number, tell?: Work): void {
  if ('analyse' in work) analysePart(work.analyse, n);
  else if ('choose' in work) choosePart(work.choose, n, tell);
  else if ('write' in work) writePart(work.write, n);
  else measurePart(work.measure, n);
}

/** Works on all parts; `tell` is called as if it were `passes` passes over a picture of one part. */
type EachPart = (work: PartsWork, tell?: Work, passes?: number) => void;

const oneByOne: EachPart = (work, tell, passes = 0) => {
  const count = partsIn(work);
  inTurn(
    Array.from({ length: count }, (_, n) => () => {
      workOnPart(work, n, 'choose' in work ? passes => tell?.(passes / count) : undefined);
      if (!('choose' in work)) tell?.(passes / count);
    }),
  );
};

export let eachPart = oneByOne;

/** Sets how all parts are worked on from now on, perhaps several at once; without an argument, one by one. */
export function useEachPart(other = oneByOne): void {
  eachPart = other;
}
