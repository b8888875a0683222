import { CELL } from '../../tiles/cells.js';
import {
  expectedSample,
  type PixelModel,
  pixelModel,
  placeOf,
  restContext,
  SAME_CONTEXT,
  sampleOf,
  type Tiles,
} from '../../tiles/model.js';
import { writeTiles } from '../../tiles/write.js';
import { CostMeter } from '../levels/costs.js';
import type { TileSource } from './tile-source.js';

/** Exact cells with the colours chosen for them, and what each cell costs. */
export interface Approximation {
  tiles: Tiles;
  bits: Float64Array;
  /** Squared error over all samples, in squared units of 1 / 255. */
  errors: Float64Array;
}

/** Least cost of an escape in bits. Candidates that cost less are taken without asking its exact cost. */
const LEAST_ESCAPE = 5;

/**
 * Chooses the colours of the exact cells pixel by pixel, in the writer's order. Candidates are the true colour and recent colours whose
 * first sample is near it; the one with the least weight x squared error + lambda x bits wins.
 */
export function approximate(source: TileSource, exact: Uint8Array, lambda: number): Approximation {
  const { raster } = source;
  const wanted = source.colours();
  const { width, height, channels } = raster;
  const model = pixelModel(width, height, channels);
  const meter = new CostMeter(model.states);
  const choose = chooser(model, meter, source, lambda);
  const bits = new Float64Array(exact.length);
  const errors = new Float64Array(exact.length);
  let before = 0;
  const after = (cell: number): void => {
    if (before) bits[cell]! += meter.bits - before;
    before = meter.bits;
  };
  writeTiles(meter, raster, model, exact, choose, after, wanted);
  const { colours, stride, cells } = model;
  for (let y = 0; y < height; y++)
    for (let col = 0, cell = Math.floor(y / CELL) * cells.cols; col < cells.cols; col++, cell++) {
      if (!exact[cell]) continue;
      const end = placeOf(Math.min(width, (col + 1) * CELL), y, stride);
      for (let p = placeOf(col * CELL, y, stride); p < end; p++)
        if (colours[p] !== wanted[p]) errors[cell]! += distance(colours[p]!, wanted[p]!, channels);
    }
  return { tiles: model, bits, errors };
}

/** Squared error between two colours, over all samples. */
export function distance(a: number, b: number, channels: number): number {
  let sum = 0;
  for (let k = 0; k < channels && a !== b; k++)
    sum += (sampleOf(a, k, channels) - sampleOf(b, k, channels)) ** 2;
  return sum;
}

/** Returns the choice of a colour at p, for which `model` must just have been updated. */
function chooser(
  model: PixelModel,
  meter: CostMeter,
  { colours, weights }: TileSource,
  lambda: number,
): (p: number, count: number) => number {
  const { channels, candidates, contexts, lastOf } = model;
  const wanted = colours();
  // First samples this far off are considered: the price of an escape of ten bits.
  const reach = Math.min(40, Math.ceil(Math.sqrt(lambda * 10)));
  const tree = (base: number, value: number): number => {
    let cost = 0;
    for (let k = 7; k >= 0; k--) cost += meter.cost(base + ((value | 256) >> (k + 1)), (value >> k) & 1);
    return cost;
  };
  const escapeCost = (p: number, colour: number): number => {
    const first = sampleOf(colour, 0, channels);
    const last = lastOf[first];
    let cost = tree(model.firstContext(p), first);
    if (last !== undefined) cost += meter.cost(SAME_CONTEXT, last === colour ? 1 : 0);
    if (last === colour) return cost;
    for (let k = 1; k < channels; k++)
      cost += tree(
        restContext(k),
        (sampleOf(colour, k, channels) - expectedSample(model.colours[p - 1]!, first, k, channels)) & 255,
      );
    return cost;
  };
  return (p, count) => {
    const colour = wanted[p]!;
    if (candidates[0] === colour) return colour;
    const weight = weights()[p]!;
    let missed = 0;
    let best = Infinity;
    let pick = colour;
    for (let i = 0; i < count; i++) {
      const cost =
        weight * distance(candidates[i]!, colour, channels) + lambda * (missed + meter.cost(contexts[i]!, 1));
      if (cost < best) [best, pick] = [cost, candidates[i]!];
      missed += meter.cost(contexts[i]!, 0);
    }
    if (lambda * (missed + LEAST_ESCAPE) >= best) return pick;
    const plain = lambda * (missed + escapeCost(p, colour));
    if (plain < best) [best, pick] = [plain, colour];
    const first = sampleOf(colour, 0, channels);
    for (let other = Math.max(0, first - reach); other <= Math.min(255, first + reach); other++) {
      const last = lastOf[other];
      if (last === undefined) continue;
      const error = weight * distance(last, colour, channels);
      if (error >= best) continue;
      const cost = error + lambda * (missed + escapeCost(p, last));
      if (cost < best) [best, pick] = [cost, last];
    }
    return pick;
  };
}
