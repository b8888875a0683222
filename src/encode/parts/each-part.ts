import type { Work } from '../work.js';
import { choosePart } from './choose-part.js';
import type { PartsWork } from './parts-work.js';

/** Chooses the levels of all parts of a picture; `tell` is told of the work, as for a picture of one part. */
type ChooseAll = (work: PartsWork, tell?: Work) => void;

const inTurn: ChooseAll = (work, tell) => {
  const share = 1 / work.parts.length;
  for (let n = 0; n < work.parts.length; n++) choosePart(work, n, passes => tell?.(passes * share));
};

export let chooseAll = inTurn;

/** From now on this is used, which may choose several at once. Without it, one comes after the other. */
export function useChooseAll(other = inTurn): void {
  chooseAll = other;
}
