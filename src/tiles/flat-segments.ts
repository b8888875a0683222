import { CELL } from './cells.js';
import { type PixelModel, placeOf } from './model.js';

/**
 * What a writer has found of the segments before the next one that are of one colour: which of those to come a model is sure to foretell, and so need no look at each
 * pixel. `wanted` are the colours that are wanted, laid out as the model's.
 */
export class FlatSegments {
  /** By column of cells: the colour of its last segment, and for how many rows all of it has been of that colour. */
  private readonly tones: Int32Array;
  private readonly depths: Int32Array;
  /** A colour that the model foretells in the midst of itself, as long as it learns nothing. */
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

  /** Puts the segment of a column of cells in row y, where that and all that its contexts look at is of one colour, which they foretell. Returns whether it has. */
  put(col: number, y: number): boolean {
    const { tones, depths } = this;
    const tone = tones[col]!;
    // Pixels of two rows above are looked at, from the column before to three pixels of the one after, and the column before of this row.
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

  /** A segment has been written pixel by pixel; `known` where the model learnt nothing from it. */
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

  /** There is no exact segment in this column. */
  pass(col: number): void {
    this.depths[col] = 0;
  }
}
