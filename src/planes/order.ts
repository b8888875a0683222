/**
 * The order of the columns of U. First come the frequencies that a picture at half the size needs, u and v up to 3, then the others. Both
 * groups are ordered by importance for smooth pictures: by diagonal d = u + v, then nearness to the diagonal's middle, then u <= v first. A
 * band is a run of planes coded as one step.
 */

/** Planes (u * 8 + v) of a channel in order; plane 0 comes first and is coded through its own level. */
export const ORDER8 = diagonals(8);
/** Planes (u * 4 + v) of plane 0's level in order. */
export const ORDER4 = diagonals(4);

/** Band b of a channel holds ORDER8[BANDS8[b] .. BANDS8[b + 1]): diagonals 1, 2, 3 and 4-6 of the lower 4 x 4, 4-8 and 9-14 of the rest. */
export const BANDS8 = [1, 3, 6, 10, 16, 43, 64];
/** Band b of plane 0's level: diagonals 0, 1, 2, 3, 4-6. */
export const BANDS4 = [0, 1, 3, 6, 10, 16];

function diagonals(size: number): Uint8Array {
  const planes = Array.from({ length: size * size }, (_, k) => k);
  const key = (k: number): number => {
    const u = Math.floor(k / size);
    const v = k % size;
    const late = u > 3 || v > 3 ? 3.5 : 0;
    return (u + v + late) * 1000 + Math.abs(u - v) * 10 + (u > v ? 1 : 0);
  };
  return Uint8Array.from(planes.sort((a, b) => key(a) - key(b)));
}
