import { transpose } from '../../algebra/transpose.js';
import { truncatedSvd } from '../../algebra/truncated-svd.js';
import { matrix } from '../../core/matrix.js';
import type { Plane } from '../../core/plane.js';

/** The singular values and right singular vectors of one channel, computed as they are asked for. */
export interface Spectrum {
  /** The channel, height x width, row after row. */
  x: Float64Array;
  /** Number of columns: the smaller side of the channel, or the given limit. */
  rank: number;
  /** Singular value k, and vector k at v[k * width ..]. */
  at(k: number): { value: number; v: Float64Array };
}

/** Columns of the first truncated SVD; whenever they run out, twice as many are computed. */
const FIRST = 48;

/** The spectrum of a channel up to `most` columns. */
export function spectrum({ width, height, data }: Plane, most: number): Spectrum {
  const x = Float64Array.from(data);
  const rank = Math.min(most, width, height);
  let values: Float64Array = new Float64Array(0);
  let vectors = values;
  return {
    x,
    rank,
    at(k) {
      if (k >= values.length) {
        const found = truncatedSvd(
          matrix(height, width, x),
          Math.min(rank, Math.max(FIRST, 2 * values.length)),
        );
        values = found.s;
        vectors = transpose(found.v).data;
      }
      return { value: values[k]!, v: vectors.subarray(k * width, (k + 1) * width) };
    },
  };
}
