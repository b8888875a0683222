import type { RangeDecoder } from '../bits/range-decoder.js';
import { CELL, cellContext } from './cells.js';
import { PixelModel, restContext, SAME_CONTEXT, type Tiles } from './model.js';

/** Reads which cells are exact, and their pixels. The mirror of writeTiles. */
export function readTiles(coder: RangeDecoder, width: number, height: number, channels: number): Tiles {
  const model = new PixelModel(width, height, channels);
  const { cells, states, colours } = model;
  const bit = (context: number): number => {
    const value = coder.bit(states.probability(context));
    states.update(context, value);
    return value;
  };
  const tree = (base: number): number => {
    let node = 1;
    while (node < 256) node = node * 2 + bit(base + node);
    return node - 256;
  };
  const colourAt = (p: number): number => {
    for (let i = 0; i < model.count; i++) if (bit(model.contexts[i]!)) return model.candidates[i]!;
    const first = tree(model.firstContext(p));
    const last = model.lastOf[first];
    if (last !== undefined && bit(SAME_CONTEXT)) return last;
    model.seekLine(p);
    let colour = first;
    for (let k = 1; k < channels; k++)
      colour = (colour << 8) | ((model.onLine(first, k) + tree(restContext(k))) & 255);
    model.lastOf[first] = colour;
    return colour;
  };
  for (let b = 0; b < cells.exact.length; b++) cells.exact[b] = bit(cellContext(cells, b));
  for (let y = 0; y < height; y++) {
    const row = model.beginRow(y);
    const from = Math.floor(y / CELL) * cells.cols;
    for (let col = 0; col < cells.cols; col++) {
      if (!cells.exact[from + col]) continue;
      const foretold = bit(model.segmentContext(col));
      const end = row + Math.min(width, (col + 1) * CELL);
      for (let p = row + col * CELL; p < end; p++) {
        model.look(p);
        colours[p] = foretold ? model.candidates[0]! : colourAt(p);
        if (!foretold) model.learn(colours[p]!);
      }
      model.endSegment(col, foretold);
    }
  }
  return model;
}
