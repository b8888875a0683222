import { AdaptiveBits } from '../bits/adaptive.js';
import { colourBasis } from '../colour/basis.js';
import { colourCount, type Raster } from '../core/raster.js';
import { readBlocks } from '../decode/blocks.js';
import type { OpenFile } from '../decode/open.js';
import { assemble } from '../encode/assemble.js';
import { CostMeter } from '../encode/costs.js';
import { errorsOf } from '../encode/errors-of.js';
import { FileSink } from '../encode/file-sink.js';
import { chooseLayers, measureLayers } from '../encode/layers.js';
import { putTiles } from '../encode/put-tiles.js';
import { SYMBOL_CONTEXTS } from '../factors/rotation.js';
import { writeBases } from '../factors/write-basis.js';
import { stepOf } from '../format/step.js';
import type { Factor } from '../planes/factor.js';
import { BANDS8, ORDER8 } from '../planes/order.js';
import { recompose } from '../planes/recompose.js';
import { bandsOfRank, stepsOf } from '../planes/schedule.js';
import { type PictureLevels, writeFactors } from '../planes/write-factors.js';
import { writeFilters } from '../restore/write-filter.js';
import { fixedLength } from './fixed-length.js';
import type { RankWriter } from './rank-writer.js';

/** Files of the first columns of a file of layout `block`, without the filter at the end, which was made for all of them. */
export function blockRanks(whole: Uint8Array, file: OpenFile, raster: Raster): RankWriter {
  const { header } = file;
  const { colour, layout } = header;
  const { bases, factors } = readBlocks(whole, file);
  const { tiles } = factors;
  const levels = levelsOf(factors.channels, factors.thumbs);
  const basisBits = new CostMeter(new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS)));
  writeBases(basisBits, bases);
  return rank => {
    const order = firstTurns(header.order, bandsOfRank(rank));
    const steps = stepsOf(header.channels, order, rank, header.tiles)!;
    const sink = new FileSink();
    writeBases(new FileSink(sink.coder, new AdaptiveBits(new Uint8Array(SYMBOL_CONTEXTS))), bases);
    const ends: number[] = [];
    const rewritten = writeFactors(sink, header, steps, levels, bases, undefined, at => {
      if (tiles && steps[at]!.tiles) putTiles(sink.coder, raster, tiles);
      ends.push(sink.coder.settled);
    });
    writeFilters(
      sink.coder,
      Array.from({ length: colourCount(header.channels) }, () => undefined),
    );
    const stream = sink.coder.finish();
    const step = stepOf(header.step);
    const planes = rewritten.channels.map((of, c) => recompose(of, step / 2, rank, bases[c]));
    const errors = errorsOf(raster, planes, colourBasis(...colour), tiles);
    const layers = chooseLayers(header.channels, ends, stream.length);
    measureLayers({ raster, colour, bases }, rewritten, steps, layers, step, tiles);
    const parts = { layout, tiles: header.tiles, step: header.step, rank, colour, order, layers };
    return {
      bytes: assemble(raster, { ...parts, errors, metadata: {} }, stream).bytes,
      fixedBits: basisBits.bits + fixedBits(levels, rank),
    };
  };
}

/** The levels that factors were read from: their values are in half steps. */
function levelsOf(channels: Factor[], thumbs: Factor[]): PictureLevels {
  const of = ({ values, positions, places, size }: Factor): Int32Array => {
    const out = new Int32Array(positions.length * size);
    for (let b = 0; b < positions.length; b++)
      for (let k = 0; k < size; k++) out[b * size + k] = values[k * places + positions[b]!]! / 2;
    return out;
  };
  return {
    channels: channels.map(channel => ({
      levels: of(channel),
      lastBand: channel.ends.map(end => BANDS8.indexOf(end)),
    })),
    thumbs: thumbs.map(of),
  };
}

/** Of the order of a file what is left where each channel has at most so many turns. */
function firstTurns(order: readonly number[], most: number): number[] {
  const turns: number[] = [];
  return order.filter(channel => (turns[channel] = (turns[channel] ?? 0) + 1) <= most);
}

/** Plane 0 by the columns of its own factor, all of them; the others as they are. */
function fixedBits({ channels, thumbs }: PictureLevels, rank: number): number {
  let bits = 0;
  for (const { levels } of channels)
    for (const k of ORDER8.subarray(1, rank)) bits += fixedLength(column(levels, 64, k));
  for (const levels of thumbs) for (let k = 0; k < 16; k++) bits += fixedLength(column(levels, 16, k));
  return bits;
}

const column = (levels: ArrayLike<number>, size: number, k: number): Int32Array =>
  Int32Array.from({ length: levels.length / size }, (_, b) => levels[b * size + k]!);
