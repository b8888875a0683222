/** Pixels a side of a cell: those of a block of the transform. */
export const CELL = 8;

/** Which cells of a picture are exact: 1 or 0 by cell, in raster order. */
export interface Cells {
  cols: number;
  rows: number;
  exact: Uint8Array;
}

/** The map of a picture of width x height, with no cell exact. */
export function emptyCells(width: number, height: number): Cells {
  const cols = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  return { cols, rows, exact: new Uint8Array(cols * rows) };
}

/** Contexts of the cells' flags. */
export const CELL_CONTEXTS = 16;

/** Context of a cell's flag: the cells west, north, north-west and north-east of it, 0 beyond the edges. */
export function cellContext({ cols, exact }: Cells, b: number): number {
  const west = b % cols > 0 ? 1 : 0;
  const east = (b + 1) % cols > 0 ? 1 : 0;
  const at = (i: number): number => exact[i] ?? 0;
  return west * (at(b - 1) + 4 * at(b - cols - 1)) + 2 * at(b - cols) + 8 * east * at(b - cols + 1);
}
