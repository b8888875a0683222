import type { Header, Layer } from './header.js';

/** The end of the bytes of the stream that a layer needs. */
export const endOf = ({ ranges }: Layer): number => ranges.at(-1)!.end;

/** Parts of the channels, or of plane 0's level: how many are in a row, and in all. */
export interface Parts {
  across: number;
  count: number;
}

/** The parts of a picture. */
export interface PictureParts {
  channels: Parts;
  thumbs: Parts;
  /** Number of ranges of a layer: that of the picture, those of the parts of plane 0's level, those of the parts of the channels. */
  ranges: number;
}

/** Number of parts with ranges, coders and contexts of their own: 0 for a single part. */
export const ownRanges = ({ count }: Parts): number => (count > 1 ? count : 0);

/** The parts of a picture, from its header. */
export function partsOf({ width, height, part }: Pick<Header, 'width' | 'height' | 'part'>): PictureParts {
  // A block of a channel is 8 pixels a side, one of plane 0's level 32.
  const parts = (side: number): Parts => {
    const along = (pixels: number): number => ((pixels - 1) >> side) + 1;
    const across = along(width);
    return { across, count: across * along(height) };
  };
  const channels = parts(part + 3);
  const thumbs = parts(part + 5);
  return { channels, thumbs, ranges: 1 + ownRanges(thumbs) + ownRanges(channels) };
}
