/**
 * Runs: blocks side by side along a column or a row of blocks whose weights of some atoms are stored as their DCT along the run. An edge that goes
 * on from block to block is then coded once. It turns rows of U from the left, as rotations turn its columns from the right: planes stay planes, whatever V is. A run
 * along a column takes the planes (0, v), which have vertical edges; one along a row the planes (u, 0); plane 0 and all others are left as they are.
 */

/** A run has at most 2^LONGEST blocks; it begins where a multiple of its length ends. */
export const LONGEST = 5;

/**
 * Which blocks are in runs along columns, in runs along rows, and, all zeros, for the planes that no run takes; by position as in a factor. A mark is 0 in no run, the binary logarithm of the
 * run's length, 1 to LONGEST, in its first block, and 8 more in its others.
 */
export type Runs = [columns: Uint8Array, rows: Uint8Array, none: Uint8Array];

/** No runs on so many positions. */
export const emptyRuns = (places: number): Runs => {
  const marks = () => new Uint8Array(places);
  return [marks(), marks(), marks()];
};

/** Which of the three in Runs takes plane (u, v), plane 0 left aside. */
export const directionOf = (u: number, v: number): number => (u ? (v ? 2 : 1) : 0);

/** The first block of the run that the block at position i is in, positions of the run being `hop` apart; i itself in no run. */
export function firstOfRun(marks: Uint8Array, i: number, hop: number): number {
  while (marks[i]! > 7) i -= hop;
  return i;
}

/** Class of contexts by mark: 0 in no run, 1 first of a run, 2 another. */
export const classOf = (mark: number): number => (mark + 7) >> 3;

/** Classes of contexts. */
export const CLASSES = 3;
