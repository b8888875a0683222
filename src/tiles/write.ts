import { writeTree } from '../bits/write-tree.js';
import { CELL, type Cells, cellContext } from './cells.js';
import { FlatSegments } from './flat-segments.js';
import {
  expectedSample,
  type PixelModel,
  placeOf,
  restContext,
  SAME_CONTEXT,
  sampleOf,
  segmentContext,
} from './model.js';

/** Where bits go. */
export interface TileSink {
  bit(context: number, bit: number): void;
}

/**
 * Writes which cells are exact, and their pixels. `pick` chooses each pixel, once `model` has looked at it and found `count` candidates.
 * The sink codes in the contexts of the model. `after` is called with the cell at the end of each segment, the part of a row that lies in
 * one cell. `wanted`, laid out as the model's colours, promises that `pick` takes a wanted colour whenever it is the first candidate;
 * segments surrounded by their own colour are then written without asking `pick`, so that large areas take next to no time. The mirror of
 * readTiles.
 */
export function writeTiles(
  sink: TileSink,
  { width, height }: { width: number; height: number },
  model: PixelModel,
  exact: Cells['exact'],
  pick: (p: number, count: number) => number,
  after?: (cell: number) => void,
  wanted?: Int32Array,
): void {
  const { cells, colours, candidates, foretold, channels } = model;
  const { cols } = cells;
  const tree = (base: number, value: number): void => writeTree(sink.bit.bind(sink), base, 256, value);
  const writeColour = (p: number, count: number, colour: number): void => {
    for (let i = 0; i < count; i++) {
      const hit = candidates[i] === colour ? 1 : 0;
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
    for (let k = 1; k < channels; k++)
      tree(
        restContext(k),
        (sampleOf(colour, k, channels) - expectedSample(colours[p - 1]!, first, k, channels)) & 255,
      );
    model.lastOf[first] = colour;
  };
  for (let b = 0; b < exact.length; b++) {
    sink.bit(cellContext(cells, b), exact[b]!);
    cells.exact[b] = exact[b]!;
  }
  const flat = wanted && new FlatSegments(model, wanted, width);
  for (let y = 0; y < height; y++) {
    const from = Math.floor(y / CELL) * cols;
    for (let col = 0; col < cols; col++) {
      if (!exact[from + col]) {
        flat?.pass(col);
        continue;
      }
      if (flat?.put(col, y)) {
        sink.bit(segmentContext(foretold, col), 1);
        foretold[col] = foretold[col]! * 2 + 1;
        after?.(from + col);
        continue;
      }
      const start = placeOf(col * CELL, y, model.stride);
      const end = placeOf(Math.min(width, (col + 1) * CELL), y, model.stride);
      let known = 1;
      for (let p = start; known && p < end; p++) {
        colours[p] = pick(p, model.look(p));
        if (colours[p] !== candidates[0]) known = 0;
      }
      sink.bit(segmentContext(foretold, col), known);
      foretold[col] = foretold[col]! * 2 + known;
      for (let p = start; !known && p < end; p++) {
        const count = model.look(p);
        const colour = pick(p, count);
        writeColour(p, count, colour);
        colours[p] = colour;
        model.learn(colour);
      }
      flat?.note(col, y, known === 1);
      after?.(from + col);
    }
  }
}
