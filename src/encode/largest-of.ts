/** The largest absolute value of these numbers. */
export function largestOf(arrays: Float32Array[]): number {
  let largest = 0;
  for (const u of arrays)
    for (let i = 0; i < u.length; i++) {
      const x = u[i]!;
      if (x > largest) largest = x;
      else if (-x > largest) largest = -x;
    }
  return largest;
}
