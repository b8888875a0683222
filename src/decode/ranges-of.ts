import { readHeader } from '../format/read-header.js';
import { layerOfScale } from './layer-of-scale.js';
import { checkScale } from './options.js';
import type { Region } from './region.js';
import { shownBy } from './shown.js';

/** Bytes [from, to) of a file. */
export interface ByteRange {
  from: number;
  to: number;
}

/** The part of a picture that is wanted: see the options of `decode`. */
export interface RangesOptions {
  region?: Region | undefined;
  /** Default 1. */
  scale?: 1 | 2 | 4 | 8 | undefined;
}

/**
 * The bytes of a file that `decode` reads for a `region` at a `scale`, in order, adjacent ranges joined. From an array as long as the file,
 * with the right bytes in these ranges, it gives the picture, whatever the others hold. `bytes` is the beginning of the file, with its
 * header; all others may be missing. Throws TRUNCATED if the header is not all here, which is seldom longer than 2 kB plus the ICC profile;
 * OPTION; and what `inspect` throws.
 */
export function rangesOf(bytes: Uint8Array, { region, scale = 1 }: RangesOptions = {}): ByteRange[] {
  checkScale(scale);
  const { header, stream } = readHeader(bytes);
  const { layers } = header;
  const wanted = new Set([0, ...shownBy(header, region, scale).ranges]);
  const last = layerOfScale(header, scale) ?? layers.at(-1)!;
  const found: ByteRange[] = [{ from: 0, to: stream }];
  let from = stream;
  for (const { ranges } of layers.slice(0, layers.indexOf(last) + 1))
    for (const [n, { end }] of ranges.entries()) {
      const to = stream + end;
      const before = found.at(-1)!;
      if (wanted.has(n) && to > from) {
        if (before.to === from) before.to = to;
        else found.push({ from, to });
      }
      from = to;
    }
  return found;
}
