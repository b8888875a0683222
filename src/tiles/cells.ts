/** Pixels a side of a cell: those of a block of the transform. */
export const CELL = 8;

/** Which cells of a picture are exact: 1 or 0 by cell, in raster order. */
export interface Cells {
  cols: number;
  rows: number;
  exact: Uint8Array;
}

/** The cells of a picture of width x height, none of them exact. */
export function emptyCells(width: number, height: number): Cells {
  const cols = Math.ceil(width / CELL);
  const rows = Math.ceil(height / CELL);
  return { cols, rows, exact: new Uint8Array(cols * rows) };
}

/** Contexts of the cells' flags. */
export const CELL_CONTEXTS = 8;

/**
 * Context of a cell's flag: the cells before it, north and north-east of it, by number in raster order, whatever the row. Missing ones
 * count as 0.
 */
export const cellContext = ({ cols, exact }: Cells, b: number): number =>
  exact[b - 1]! | (exact[b - cols]! << 1) | (exact[b - cols + 1]! << 2);
