import { CELL } from './cells.js';
import { type PixelModel, placeOf } from './model.js';

/**
 * Keeps track of the segments of one colour that a writer has written, to find further segments that a model is certain to predict, so that
 * their pixels need not be visited. `wanted` are the colours to write, laid out as the model's.
 */
export class FlatSegments {
  /** By column of cells: the colour of its last segment, and for how many rows the whole column has had that colour. */
  private readonly tones: Int32Array;
  private readonly depths: Int32Array;
  /** A colour that the model predicts when surrounded by itself, as long as it learns nothing. */
  private sure: number | undefined;

  constructor(
    private readonly model: PixelModel,
    private readonly wanted: Int32Array,
    private readonly width: number,
  ) {
    const { cols } = model.cells;
    this.tones = new Int32Array(cols);
    this.depths = new Int32Array(cols);
  }

  /**
   * Writes the segment of a column of cells in row y, if it and all that its contexts look at have one colour, which the model predicts.
   * Returns whether it did.
   */
  put(col: number, y: number): boolean {
    const { tones, depths } = this;
    const tone = tones[col]!;
    // Contexts reach two rows up, from the column before to three pixels into the one after, and to the column before in this row.
    if (
      depths[col]! < 2 ||
      !(depths[col - 1]! > 2) ||
      !(depths[col + 1]! > 1) ||
      tones[col - 1] !== tone ||
      tones[col + 1] !== tone ||
      (col + 1) * CELL + 3 > this.width
    )
      return false;
    const { model } = this;
    const start = placeOf(col * CELL, y, model.stride);
    for (let p = start; p < start + CELL; p++) if (this.wanted[p] !== tone) return false;
    if (this.sure !== tone) {
      model.look(start);
      if (model.candidates[0] !== tone) return false;
      this.sure = tone;
    }
    const { colours } = model;
    for (let p = start; p < start + CELL; p++) colours[p] = tone;
    depths[col]!++;
    return true;
  }

  /** Notes a segment that was written pixel by pixel; `known` if the model learnt nothing from it. */
  note(col: number, y: number, known: boolean): void {
    const { colours, stride } = this.model;
    if (!known) this.sure = undefined;
    const end = placeOf(Math.min(this.width, (col + 1) * CELL), y, stride);
    let p = placeOf(col * CELL, y, stride);
    const tone = colours[p]!;
    while (p < end && colours[p] === tone) p++;
    this.depths[col] = p < end ? 0 : tone === this.tones[col] ? this.depths[col]! + 1 : 1;
    this.tones[col] = tone;
  }

  /** Notes that this column has no exact segment here. */
  pass(col: number): void {
    this.depths[col] = 0;
  }
}
