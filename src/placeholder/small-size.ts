/** Sides of a small picture, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/**
 * A picture's size when its longer side is about `side` pixels: in its exact proportions if these are small numbers (3:2, 16:9), else
 * within half a pixel of them. A picture that is no larger keeps its size. No side is above `most`, at least `side`; default: no limit.
 */
export function smallSize({ width, height }: Size, side: number, most = Infinity): Size {
  const longer = Math.max(width, height);
  if (longer <= side) return { width, height };
  const divisor = greatestDivisor(width, height);
  const unit = longer / divisor;
  const times = Math.floor(Math.min(side / unit + 0.5, most / unit));
  // A multiple of the proportions, if one is near the side that was asked for.
  const exact = Math.abs(times * unit - side) <= side / 4;
  const scaled = (length: number): number =>
    exact ? (length / divisor) * times : Math.max(1, Math.round((length * side) / longer));
  return { width: scaled(width), height: scaled(height) };
}

const greatestDivisor = (a: number, b: number): number => (b ? greatestDivisor(b, a % b) : a);
