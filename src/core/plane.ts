/** One channel, or a column of its U laid out on the block grid: width x height samples, row after row. */
export interface Plane {
  width: number;
  height: number;
  data: Float32Array;
}

/** A plane of zeros. */
export const plane = (width: number, height: number): Plane => ({
  width,
  height,
  data: new Float32Array(width * height),
});

/** Enlarges `from` to width x height by repeating its last column and row; overwrites `to`. */
export function extend(from: Plane, width: number, height: number, to = plane(width, height)): Plane {
  for (let y = 0; y < height; y++) {
    const row = Math.min(y, from.height - 1) * from.width;
    const end = y * width + from.width;
    to.data.set(from.data.subarray(row, row + from.width), y * width);
    to.data.fill(to.data[end - 1]!, end, (y + 1) * width);
  }
  return to;
}
