import type { SampleCount } from '../core/raster.js';

/** The kinds of files; the index is stored. */
export const KINDS = ['picture', 'sequence'] as const;
export type Kind = (typeof KINDS)[number];

/** Bytes of the plain header. */
export const PLAIN_BYTES = 12;

/** The first bytes of pictures and sequences, as integers at fixed places. codec-spec.md, "Plain header". */
export interface PlainHeader {
  channels: SampleCount;
  bitDepth: 8 | 16;
  /** Pixels, 1 to 65,535. */
  width: number;
  height: number;
}
