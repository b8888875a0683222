import type { Header, Layer } from './header.js';

/** Bytes of the stream up to which a layer can be decoded. */
export const endOf = ({ ranges }: Layer): number => ranges.at(-1)!.end;

/** Parts of the channels, or of plane 0's level: how many stand in a row, and in all. */
export interface Parts {
  across: number;
  count: number;
}

/** The parts of a picture. */
export interface PictureParts {
  channels: Parts;
  thumbs: Parts;
  /** Ranges of a layer: that of the picture, those of the parts of plane 0's level, those of the parts of the channels. */
  ranges: number;
}

/** So many parts have ranges, coders and contexts of their own: none where there is one. */
export const ownRanges = ({ count }: Parts): number => (count > 1 ? count : 0);

/** The parts of a picture, as its header says. */
export function partsOf({ width, height, part }: Pick<Header, 'width' | 'height' | 'part'>): PictureParts {
  // A block of a channel has 8 pixels a side, one of plane 0's level 32.
  const parts = (side: number): Parts => {
    const along = (pixels: number): number => ((pixels - 1) >> side) + 1;
    const across = along(width);
    return { across, count: across * along(height) };
  };
  const channels = parts(part + 3);
  const thumbs = parts(part + 5);
  return { channels, thumbs, ranges: 1 + ownRanges(thumbs) + ownRanges(channels) };
}
