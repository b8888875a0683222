/** When frames are due. */
export interface Timeline {
  frames: number;
  /** Milliseconds of all of them. */
  duration: number;
  /** Milliseconds from the start to frame t, t from 0 on; to the end where t is `frames`. */
  startOf(frame: number): number;
  /** The frame that is due at a time, the last one after the end. */
  frameAt(time: number): number;
}

/** The timeline of frames that are each shown for so many milliseconds. */
export function timelineOf(durations: readonly number[]): Timeline {
  const frames = durations.length;
  const starts = new Float64Array(frames + 1);
  durations.forEach((duration, t) => {
    starts[t + 1] = starts[t]! + duration;
  });
  return {
    frames,
    duration: starts[frames]!,
    startOf: frame => starts[frame]!,
    frameAt(time) {
      let low = 0;
      for (let high = frames; high - low > 1; ) {
        const middle = (low + high) >> 1;
        if (starts[middle]! <= time) low = middle;
        else high = middle;
      }
      return low;
    },
  };
}
