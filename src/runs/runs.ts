/**
 * Runs: adjacent blocks in a column or a row of blocks, with the weights of some atoms stored as their DCT along the run. An edge that goes
 * on from block to block is then coded once. Runs transform rows of U from the left, as rotations transform its columns from the right:
 * planes stay planes, whatever V is. A run along a column takes the planes (0, v), which have vertical edges; one along a row the planes
 * (u, 0). Plane 0 and all others stay as they are.
 */

/** A run has at most 2^LONGEST blocks, and begins at a multiple of its length. */
export const LONGEST = 5;

/**
 * Which blocks are in runs along columns, which in runs along rows, and, all zeros, the marks for planes that no run takes; by position as
 * in a factor. A mark is 0 outside runs; in a run it is the binary logarithm of the run's length, 1 to LONGEST, plus 8 in all blocks but
 * the first.
 */
export type Runs = [columns: Uint8Array, rows: Uint8Array, none: Uint8Array];

/** No runs, for this many positions. */
export const emptyRuns = (places: number): Runs => {
  const marks = () => new Uint8Array(places);
  return [marks(), marks(), marks()];
};

/** Which of the three in Runs applies to plane (u, v), except plane 0. */
export const directionOf = (u: number, v: number): number => (u ? (v ? 2 : 1) : 0);

/** The first block of the run that contains position i, whose blocks are `hop` apart; i itself outside runs. */
export function firstOfRun(marks: Uint8Array, i: number, hop: number): number {
  while (marks[i]! > 7) i -= hop;
  return i;
}

/** Class of contexts by mark: 0 outside runs, 1 first of a run, 2 another of a run. */
export const classOf = (mark: number): number => (mark + 7) >> 3;

/** Number of classes. */
export const CLASSES = 3;
