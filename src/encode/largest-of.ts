/** The largest of these numbers, either sign. */
export function largestOf(arrays: Float32Array[]): number {
  let largest = 0;
  for (const u of arrays)
    for (const x of u)
      if (x > largest) largest = x;
      else if (-x > largest) largest = -x;
  return largest;
}
