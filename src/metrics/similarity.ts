import type { Luma } from './luma.js';

/** Pixels a side of the window; smaller pictures have no structural similarity. */
export const WINDOW = 11;

const REACH = 5;
const SIGMA = 1.5;
const K1 = 0.01;
const K2 = 0.03;

/** The window's weights from the centre outwards; all eleven sum to 1. */
const WEIGHTS = (() => {
  const weights = Float64Array.from({ length: REACH + 1 }, (_, i) =>
    Math.exp((-i * i) / (2 * SIGMA * SIGMA)),
  );
  const sum = weights.reduce((total, w) => total + 2 * w, -weights[0]!);
  return weights.map(w => w / sum);
})();

/** Means over every position at which the window lies wholly inside the picture. */
export interface Similarity {
  /** Luminance, contrast and structure: SSIM. */
  full: number;
  /** Contrast and structure only, for the finer scales of MS-SSIM. */
  contrast: number;
}

/**
 * Structural similarity of two planes of equal size, at least 11 x 11: Wang, Bovik, Sheikh and Simoncelli,
 * Image quality assessment (IEEE Trans. Image Processing 13, 2004), equations 12 and 13. Gaussian window of
 * 11 x 11, sigma 1.5, K1 = 0.01, K2 = 0.03; `peak` is 255 or 65,535.
 */
export function similarity(a: Luma, b: Luma, peak: number): Similarity {
  const { width, height } = a;
  const c1 = (K1 * peak) ** 2;
  const c2 = (K2 * peak) ** 2;
  const acrossFrom = Array.from({ length: 4 }, () => new Float64Array(width));
  const [meanA, meanB, squares, products] = acrossFrom as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let full = 0;
  let contrast = 0;
  for (let y = REACH; y + REACH < height; y++) {
    blurDown(a, b, y, meanA, meanB, squares, products);
    for (let x = REACH; x + REACH < width; x++) {
      const ma = blurAcross(meanA, x);
      const mb = blurAcross(meanB, x);
      const both = ma * mb;
      const sum = ma * ma + mb * mb;
      // Only the sum of the two variances is needed, so the squares of both share one blur.
      const cs = (2 * (blurAcross(products, x) - both) + c2) / (blurAcross(squares, x) - sum + c2);
      contrast += cs;
      full += (cs * (2 * both + c1)) / (sum + c1);
    }
  }
  const positions = (width - 2 * REACH) * (height - 2 * REACH);
  return { full: full / positions, contrast: contrast / positions };
}

/** Weighted sums over the eleven rows around y of a, b, a^2 + b^2 and a b, one of each a column. */
function blurDown(
  a: Luma,
  b: Luma,
  y: number,
  meanA: Float64Array,
  meanB: Float64Array,
  squares: Float64Array,
  products: Float64Array,
): void {
  const { width } = a;
  const from = a.data;
  const and = b.data;
  meanA.fill(0);
  meanB.fill(0);
  squares.fill(0);
  products.fill(0);
  for (let k = -REACH; k <= REACH; k++) {
    const weight = WEIGHTS[Math.abs(k)]!;
    for (let x = 0, p = (y + k) * width; x < width; x++, p++) {
      const u = from[p]!;
      const v = and[p]!;
      const wu = weight * u;
      const wv = weight * v;
      meanA[x] = meanA[x]! + wu;
      meanB[x] = meanB[x]! + wv;
      squares[x] = squares[x]! + (wu * u + wv * v);
      products[x] = products[x]! + wu * v;
    }
  }
}

function blurAcross(row: Float64Array, x: number): number {
  return (
    WEIGHTS[0]! * row[x]! +
    WEIGHTS[1]! * (row[x - 1]! + row[x + 1]!) +
    WEIGHTS[2]! * (row[x - 2]! + row[x + 2]!) +
    WEIGHTS[3]! * (row[x - 3]! + row[x + 3]!) +
    WEIGHTS[4]! * (row[x - 4]! + row[x + 4]!) +
    WEIGHTS[5]! * (row[x - 5]! + row[x + 5]!)
  );
}
