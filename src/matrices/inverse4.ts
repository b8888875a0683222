/**
 * Blocks of 4, those of plane 0, are turned back into samples with integers: contexts depend on plane 0, and a double that is off by its
 * last bit would lose everything that follows. codec-spec.md, "Plane 0".
 */

/** The reciprocals of the norms of the synthesis functions in one dimension, by frequency, in 1/1024: see NORMS. */
export const GAINS4 = [1117, 1153, 1189, 1149];

/** The number 1 in the unit of sums before rounding. */
const ONE = 2 ** 20;
const HALF = ONE / 2;
/** The DCT: cos(k pi / 8) / sqrt 2 for k = 1 and 3. */
const DCT4 = [685_015, 283_743, 283_743, -685_015];
/** Undoing the overlap: half of the difference between INVERSE4 and the identity. */
const OVERLAP4 = [427_295, 130_548, -84_410, 337_117];

/** Rounds a sum to an integer. */
export const rounded = (sum: number): number => Math.floor(sum / ONE + 0.5);

/**
 * Coefficients, each at the place of a sample of its block, -> samples, in place: columns first, then rows. `data` consists of whole
 * blocks, `width` samples a row.
 */
export function inverse4(data: Float64Array, width: number): void {
  const height = data.length / width;
  inverseLines(data, width, height, 1, width);
  inverseLines(data, 1, width, width, height);
}

/**
 * Transforms `lines` lines of `length` samples, which are `step` apart; lines are `hop` apart. First the inverse DCT of each block, then
 * the overlap between each two is undone.
 */
function inverseLines(data: Float64Array, step: number, length: number, hop: number, lines: number): void {
  for (const [lapped, w] of [DCT4, OVERLAP4].entries())
    for (let b = 2 * lapped; b + 3 < length; b += 4)
      for (let n = 0, i = b * step; n < lines; n++, i += hop) {
        const x0 = data[i]!;
        const x1 = data[i + step]!;
        const x2 = data[i + 2 * step]!;
        const x3 = data[i + 3 * step]!;
        const a = lapped ? x0 - x3 : x1;
        const b = lapped ? x1 - x2 : x3;
        const outer = HALF * (x0 + (lapped ? x3 : x2));
        const inner = HALF * (lapped ? x1 + x2 : x0 - x2);
        const p = w[0]! * a + w[1]! * b;
        const q = w[2]! * a + w[3]! * b;
        data[i] = rounded(outer + p);
        data[i + step] = rounded(inner + q);
        data[i + 2 * step] = rounded(inner - q);
        data[i + 3 * step] = rounded(outer - p);
      }
}
