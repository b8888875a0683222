import type { RangeDecoder } from '../bits/range-decoder.js';
import { readTree } from '../bits/read-tree.js';
import { CELL, cellContext } from './cells.js';
import {
  expectedSample,
  pixelModel,
  placeOf,
  restContext,
  SAME_CONTEXT,
  segmentContext,
  type Tiles,
} from './model.js';

/** Reads which cells are exact, and their pixels. The mirror of writeTiles. */
export function readTiles(coder: RangeDecoder, width: number, height: number, channels: number): Tiles {
  const model = pixelModel(width, height, channels);
  const { cells, states, colours, candidates, contexts, lastOf, foretold, stride } = model;
  const { cols, exact } = cells;
  const bit = (context: number): number => coder.adaptive(states, context);
  const tree = (base: number): number => readTree(coder, states, base, 256);
  const colourAt = (p: number, count: number): number => {
    for (let i = 0; i < count; i++) if (bit(contexts[i]!)) return candidates[i]!;
    const first = tree(model.firstContext(p));
    const last = lastOf[first];
    if (last !== undefined && bit(SAME_CONTEXT)) return last;
    let colour = first;
    for (let k = 1; k < channels; k++)
      colour =
        (colour << 8) | ((expectedSample(colours[p - 1]!, first, k, channels) + tree(restContext(k))) & 255);
    return (lastOf[first] = colour);
  };
  for (let b = 0; b < exact.length; b++) exact[b] = bit(cellContext(cells, b));
  for (let y = 0; y < height; y++) {
    for (let col = 0; col < cols; col++) {
      if (!exact[Math.floor(y / CELL) * cols + col]) continue;
      const known = bit(segmentContext(foretold, col));
      foretold[col] = foretold[col]! * 2 + known;
      for (let x = col * CELL; x < Math.min(width, (col + 1) * CELL); x++) {
        const p = placeOf(x, y, stride);
        const count = model.look(p);
        colours[p] = known ? candidates[0]! : colourAt(p, count);
        if (!known) model.learn(colours[p]!);
      }
    }
  }
  return model;
}
