/** Seeded random numbers: mulberry32. */
export interface Random {
  /** An integer from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** True with this probability. */
  chance(share: number): boolean;
  pick<T>(of: readonly T[]): T;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return { whole, chance: share => next() < share, pick: of => of[whole(0, of.length - 1)]! };
}

/** A rectangle within a canvas. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The rectangle of a frame: all of the canvas, or a part. Left and top are multiples of `step`. */
export function placeOn({ width, height }: Pick<Place, 'width' | 'height'>, random: Random, step = 1): Place {
  if (random.chance(0.2)) return { left: 0, top: 0, width, height };
  const left = step * random.whole(0, Math.floor((width - 1) / step));
  const top = step * random.whole(0, Math.floor((height - 1) / step));
  return { left, top, width: random.whole(1, width - left), height: random.whole(1, height - top) };
}
