import type { Header, Layer } from './header.js';

/** Bytes of the stream up to which a layer can be decoded. */
export const endOf = ({ ranges }: Layer): number => ranges.at(-1)!.end;

/** Parts of the channels, or of plane 0's level: how many stand in a row, and in all. */
export interface Parts {
  across: number;
  count: number;
}

/** The parts of a picture. A layer has its range, then those of the parts of plane 0's level, then those of the parts of the channels, each where there are several. */
export function partsOf({ width, height, part }: Pick<Header, 'width' | 'height' | 'part'>): {
  channels: Parts;
  thumbs: Parts;
  /** Ranges of a layer. */
  ranges: number;
} {
  // A block of a channel has 8 pixels a side, one of plane 0's level 32.
  const parts = (side: number): Parts => {
    const along = (pixels: number): number => ((pixels - 1) >> side) + 1;
    const across = along(width);
    return { across, count: across * along(height) };
  };
  const channels = parts(part + 3);
  const thumbs = parts(part + 5);
  const several = ({ count }: Parts): number => (count > 1 ? count : 0);
  return { channels, thumbs, ranges: 1 + several(thumbs) + several(channels) };
}
