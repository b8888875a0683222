/** The unit of time of each kind of animation and the shortest time for which browsers show a frame of it, in milliseconds. */
export const ANIMATION_TIMES = { gif: { tick: 10, least: 20 }, webp: { tick: 1, least: 11 } } as const;

/** The most that sharp takes for a frame, in milliseconds, in whole ticks of both. */
const MOST = 65_530;

/**
 * How long an animation shows frames of these durations, in milliseconds. The end of each frame is rounded, so roundings do not add up.
 * Browsers show what is shorter than `least` for 100 ms, so it gets `least`. A frame with several delays is repeated, once for each:
 * writers join equal frames again.
 */
export function animationDelays(
  durations: readonly number[],
  { tick, least }: { tick: number; least: number },
): number[][] {
  let [due, end] = [0, 0];
  return durations.map(duration => {
    due += Math.max(duration, least);
    let rest = Math.max(least, tick * Math.round((due - end) / tick));
    end += rest;
    const delays: number[] = [];
    for (; rest > MOST; rest -= MOST) delays.push(MOST);
    return [...delays, rest];
  });
}
