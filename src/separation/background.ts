/** Frame t is nearly the sum over k of time[t * rank + k] space[k]. */
export interface Background {
  /** 1 to MAX_RANK. */
  rank: number;
  /** frames x rank. */
  time: Float64Array;
  /** rank vectors of planes x pixels samples. */
  space: Float32Array[];
}

/** The sum over k of weights[from + k] space[k], written into `out`. */
export function compose(
  space: readonly Float32Array[],
  weights: ArrayLike<number>,
  from: number,
  out: Float32Array,
): Float32Array {
  for (const [k, vector] of space.entries()) {
    const weight = weights[from + k]!;
    if (k === 0) for (let i = 0; i < out.length; i++) out[i] = weight * vector[i]!;
    else for (let i = 0; i < out.length; i++) out[i] = out[i]! + weight * vector[i]!;
  }
  return out;
}

/** The background in the light that is the mean of all frames. */
export function meanBackground({ rank, time, space }: Background): Float32Array {
  const mean = new Float64Array(rank);
  for (let i = 0; i < time.length; i++) mean[i % rank] = mean[i % rank]! + (time[i]! * rank) / time.length;
  return compose(space, mean, 0, new Float32Array(space[0]!.length));
}
