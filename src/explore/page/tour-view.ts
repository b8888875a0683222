import type { AtomPictures, Parts } from '../protocol.js';

/** What the steps refer to. */
export interface TourView {
  parts: Parts;
  rank: number;
  width: number;
  height: number;
  atoms: readonly AtomPictures[];
}
