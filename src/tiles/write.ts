import { CELL, type Cells, cellContext } from './cells.js';
import { type PixelModel, restContext, SAME_CONTEXT, sampleOf } from './model.js';

/** Where bits go. */
export interface TileSink {
  bit(context: number, bit: number): void;
}

/**
 * Writes which cells are exact, and their pixels, each as `pick` chooses it once `model` has looked at it. The mirror of readTiles. The sink codes in
 * the contexts of the model. `after` is called at the end of each segment, the part of a row that lies in one cell, with the cell.
 */
export function writeTiles(
  sink: TileSink,
  model: PixelModel,
  exact: Cells['exact'],
  pick: (p: number) => number,
  after?: (cell: number) => void,
): void {
  const { cells, colours, width, height, channels } = model;
  const tree = (base: number, value: number): void => {
    for (let k = 7; k >= 0; k--) sink.bit(base + ((value | 256) >> (k + 1)), (value >> k) & 1);
  };
  const writeColour = (p: number, colour: number): void => {
    for (let i = 0; i < model.count; i++) {
      const hit = model.candidates[i] === colour ? 1 : 0;
      sink.bit(model.contexts[i]!, hit);
      if (hit) return;
    }
    const first = sampleOf(colour, 0, channels);
    tree(model.firstContext(p), first);
    const last = model.lastOf[first];
    if (last !== undefined) {
      sink.bit(SAME_CONTEXT, last === colour ? 1 : 0);
      if (last === colour) return;
    }
    model.seekLine(p);
    for (let k = 1; k < channels; k++)
      tree(restContext(k), (sampleOf(colour, k, channels) - model.onLine(first, k)) & 255);
    model.lastOf[first] = colour;
  };
  for (let b = 0; b < exact.length; b++) {
    cells.exact[b] = exact[b]!;
    sink.bit(cellContext({ ...cells, exact: cells.exact }, b), exact[b]!);
  }
  for (let y = 0; y < height; y++) {
    const row = model.beginRow(y);
    const from = Math.floor(y / CELL) * cells.cols;
    for (let col = 0; col < cells.cols; col++) {
      if (!exact[from + col]) continue;
      const start = row + col * CELL;
      const end = row + Math.min(width, (col + 1) * CELL);
      let foretold = 1;
      for (let p = start; foretold && p < end; p++) {
        model.look(p);
        colours[p] = pick(p);
        if (colours[p] !== model.candidates[0]) foretold = 0;
      }
      sink.bit(model.segmentContext(col), foretold);
      for (let p = start; !foretold && p < end; p++) {
        model.look(p);
        const colour = pick(p);
        writeColour(p, colour);
        colours[p] = colour;
        model.learn(colour);
      }
      model.endSegment(col, foretold);
      after?.(from + col);
    }
  }
}
