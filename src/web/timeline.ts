/** When frames are due. */
export interface Timeline {
  frames: number;
  /** Milliseconds of all of them. */
  duration: number;
  /** Milliseconds from the start to a frame, counted from 0; for `frames`, to the end. */
  startOf(frame: number): number;
  /** The frame due at a time; after the end, the last. */
  frameAt(time: number): number;
}

/** The timeline of frames shown for these numbers of milliseconds. */
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
