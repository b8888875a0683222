/** A dense matrix: one flat array, row after row; element (r, c) stands at r * stride + c. */
export interface Matrix {
  rows: number;
  cols: number;
  /** Elements from one row's start to the next; at least `cols`. */
  stride: number;
  data: Float64Array;
}

/** A matrix of zeros, rows x cols, stride = cols. */
export const matrix = (rows: number, cols: number, data = new Float64Array(rows * cols)): Matrix => ({
  rows,
  cols,
  stride: cols,
  data,
});
