import type { Raster } from '../core/raster.js';
import { type DecodeOptions, decode } from '../decode/index.js';
import type { Region } from '../decode/region.js';

/** A file that is decoded region by region, and where the samples go. Threads may share its arrays. */
export interface RegionsWork {
  bytes: Uint8Array;
  options: Omit<DecodeOptions, 'signal'>;
  /** Samples of the picture, as `decode` with these options gives them, and how many a pixel. */
  data: Raster['data'];
  width: number;
  samples: number;
  parts: Region[];
  /** Columns in use: one number. */
  rank: Int32Array;
}

/** Decodes part n, and puts its samples where those of the picture are. */
export function decodeRegion(
  { bytes, options, data, width, samples, parts, rank }: RegionsWork,
  n: number,
): void {
  const region = parts[n]!;
  const picture = decode(bytes, { ...options, region });
  rank[0] = picture.rank;
  const row = region.width * samples;
  for (let y = 0; y < region.height; y++)
    data.set(picture.data.subarray(y * row, (y + 1) * row), ((region.y + y) * width + region.x) * samples);
}
