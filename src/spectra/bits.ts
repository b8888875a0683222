import { CostMeter } from '../encode/levels/costs.js';
import { ownRanges, type Parts, type PictureParts, partsOf } from '../format/ranges.js';
import { blockAt, type Factor } from '../planes/factor.js';
import { emptyFactors } from '../planes/factors.js';
import { BANDS8, ORDER8 } from '../planes/order.js';
import { planeStates } from '../planes/states.js';
import { type PictureLevels, writeFactors } from '../planes/write-factors.js';
import { directionOf, firstOfRun } from '../runs/runs.js';
import { pixelModel, type Tiles } from '../tiles/model.js';
import { writeTiles } from '../tiles/write.js';
import type { BlockDissection } from './dissection.js';

/** How the bits of a file of layout `block` are distributed. */
export interface Bits {
  /**
   * By channel: bits of each block, in raster order. Bits of plane 0's level, and of planes in runs, are divided equally among the blocks
   * that they describe.
   */
  blocks: Float32Array[];
  /** By channel: bits of each column, in order. Alive flags count to the first column of their band. */
  columns: Float64Array[];
  /** Bits of each exact cell, if there are any. */
  cells?: Float32Array;
}

/** Finds how the bits of a file are distributed: writes it again into a meter that learns as the file's coder did. */
export function bitsOf({ file, factors, bases }: BlockDissection): Bits {
  const { header, steps, count } = file;
  const { cols, rows } = factors.channels[0]!;
  const blocks = factors.channels.map(() => new Float32Array(cols * rows));
  const columns = factors.channels.map(() => new Float64Array(ORDER8.length));
  const rewritten = emptyFactors(header);
  const channelOf = new Map<Factor, number>(
    [...rewritten.channels, ...rewritten.thumbs].map((factor, i) => [factor, i % header.channels]),
  );
  const places = new Uint8Array(ORDER8.length);
  ORDER8.forEach((k, n) => {
    places[k] = n;
  });
  const meter = new PlaceMeter((bits, factor, k, b) => {
    const channel = channelOf.get(factor)!;
    columns[channel]![factor.block === 8 ? places[k]! : 0]! += bits;
    const to = blocks[channel]!;
    if (factor.block === 8) spreadOverRun(to, factor, k, b, bits);
    else spread(to, cols, rows, factor, b, bits);
  }, partsOf(header));
  let cells: Float32Array | undefined;
  const after = (at: number): void => {
    meter.flush();
    if (steps[at]!.tiles && factors.tiles) cells = bitsOfCells(header, factors.tiles);
  };
  const levels = levelsOf({ factors });
  writeFactors(meter, header, steps.slice(0, count), levels, bases, undefined, after, rewritten);
  return { blocks, columns, ...(cells && { cells }) };
}

/** The levels that factors were read from. */
export function levelsOf({ factors }: Pick<BlockDissection, 'factors'>): PictureLevels {
  const levelsIn = ({ values, positions, places, size }: Factor): Int32Array => {
    const out = new Int32Array(positions.length * size);
    for (let b = 0; b < positions.length; b++)
      for (let k = 0; k < size; k++) out[b * size + k] = values[k * places + positions[b]!]! / 2;
    return out;
  };
  return {
    channels: factors.channels.map(channel => ({
      levels: levelsIn(channel),
      lastBand: channel.ends.map(end => BANDS8.indexOf(end)),
      runs: channel.runs,
    })),
    thumbs: factors.thumbs.map(levelsIn),
  };
}

/** Divides bits of plane k equally among the blocks of the run that contains block b, or gives them to b outside runs. */
function spreadOverRun(to: Float32Array, factor: Factor, k: number, b: number, bits: number): void {
  const direction = directionOf(k >> 3, k & 7);
  const marks = factor.runs[direction]!;
  const hop = direction ? 1 : factor.cols;
  const place = firstOfRun(marks, factor.positions[b]!, direction ? 1 : factor.stride);
  const first = blockAt(factor, place);
  const n = 1 << marks[place]!;
  for (let j = 0; j < n; j++) to[first + j * hop]! += bits / n;
}

/** Divides bits equally among the blocks of a channel that block b of its plane 0's level covers. */
function spread(to: Float32Array, cols: number, rows: number, level: Factor, b: number, bits: number): void {
  const x = (b % level.cols) * level.block;
  const y = Math.floor(b / level.cols) * level.block;
  const right = Math.min(cols, x + level.block);
  const bottom = Math.min(rows, y + level.block);
  const part = bits / ((right - x) * (bottom - y));
  for (let row = y; row < bottom; row++) for (let col = x; col < right; col++) to[row * cols + col]! += part;
}

/** Bits by exact cell. The flags that mark exact cells come first, one a cell. */
function bitsOfCells(
  header: { width: number; height: number; channels: number },
  tiles: Tiles,
): Float32Array {
  const { exact } = tiles.cells;
  const bits = new Float32Array(exact.length);
  const model = pixelModel(header.width, header.height, header.channels);
  const meter = new CostMeter(model.states);
  let flags = 0;
  const sink = {
    bit(context: number, bit: number): void {
      meter.bit(context, bit);
      if (flags === exact.length) return;
      bits[flags++] = meter.bits;
      meter.bits = 0;
    },
  };
  writeTiles(
    sink,
    header,
    model,
    exact,
    p => tiles.colours[p]!,
    cell => {
      bits[cell]! += meter.bits;
      meter.bits = 0;
    },
  );
  return bits;
}

/** A meter that records where bits went. */
class PlaceMeter extends CostMeter {
  private place: [Factor, number, number] | undefined;

  private readonly levels: PlaceMeter[];
  private readonly parts: PlaceMeter[];

  /** If there are several parts, they have contexts of their own. */
  constructor(
    private readonly add: (bits: number, factor: Factor, k: number, b: number) => void,
    parts?: PictureParts,
  ) {
    super(planeStates());
    const metersOf = (partition?: Parts): PlaceMeter[] =>
      Array.from({ length: partition ? ownRanges(partition) : 0 }, () => new PlaceMeter(add));
    this.levels = metersOf(parts?.thumbs);
    this.parts = metersOf(parts?.channels);
  }

  ofLevel(part: number): PlaceMeter {
    return this.levels[part] ?? this;
  }

  ofPart(part: number): PlaceMeter {
    return this.parts[part] ?? this;
  }

  at(factor: Factor, k: number, b: number): void {
    this.flush();
    this.place = [factor, k, b];
  }

  /** Assigns the bits since the last place was named to that place. */
  flush(): void {
    if (this.place) this.add(this.bits, ...this.place);
    this.place = undefined;
    this.bits = 0;
    for (const part of [...this.levels, ...this.parts]) part.flush();
  }
}
