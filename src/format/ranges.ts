import type { Header, Layer } from './header.js';

/** Bytes of the stream up to which a layer can be decoded. */
export const endOf = ({ ranges }: Layer): number => ranges.at(-1)!.end;

/** Parts of a picture in a row, and in all. */
export function partsOf({ width, height, part }: Pick<Header, 'width' | 'height' | 'part'>): {
  across: number;
  count: number;
} {
  const along = (pixels: number): number => ((pixels - 1) >> (part + 3)) + 1;
  const across = along(width);
  return { across, count: across * along(height) };
}
