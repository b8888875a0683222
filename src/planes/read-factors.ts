import type { RangeDecoder } from '../bits/range-decoder.js';
import { colourCount } from '../core/raster.js';
import type { Basis } from '../factors/rotation.js';
import { type Grid, gridOf } from '../matrices/blocks.js';
import type { Tiles } from '../tiles/model.js';
import { readTiles } from '../tiles/read.js';
import { type Factor, factor } from './factor.js';
import { type Reader, readAlive, readDc, readPlane, readRuns } from './read.js';
import { activityRows, textureRows } from './row-weights.js';
import { roleOf, type Step } from './schedule.js';
import { planeStates } from './states.js';
import { seedActivity, settlePlane0, startRegressions, thumbnail } from './thumbnail.js';
import { columnExponents, type Weights } from './weights.js';

/** Blocks of a picture, or of plane 0's level, that lie in a rectangle, with borders where those of parts or of the picture are. */
export interface Window extends Omit<Grid, 'block'> {
  left: number;
  top: number;
}

/** The quantised factors of a picture: U of each channel, of all its blocks or of those in a window, and of each channel's plane 0. */
export interface Factors {
  channels: Factor[];
  thumbs: Factor[];
  /** The exact cells, where there are any. */
  tiles?: Tiles;
}

/** What the factors of a picture are made by, as its header says. */
export interface Shape {
  width: number;
  height: number;
  channels: number;
  /** Code of the quantiser step; of use where there are weights. */
  step: number;
  weights?: Weights | undefined;
  /** Is it a file of the compact form, which has no runs? */
  compact?: boolean | undefined;
  /** Binary logarithm of the blocks a side of a part. Default: one part is the whole picture. */
  part?: number | undefined;
}

/** What is read of a picture: blocks of the channels, and those of plane 0's level that they need. */
export interface Windows {
  window: Window;
  level: Window;
}

/** Factors of zeros for a picture, or for windows of it. */
export function emptyFactors({ width, height, channels, weights, part }: Shape, windows?: Windows): Factors {
  const make = (grid: Grid, window?: Window): Factor[] =>
    Array.from({ length: channels }, () => factor({ ...grid, ...window }, part, window?.left, window?.top));
  const grid = gridOf(width, height, 8);
  const of = make(grid, windows?.window);
  if (weights)
    for (let c = 0; c < colourCount(channels); c++)
      of[c]!.columnWeights = columnExponents(weights, roleOf(c, channels));
  return { channels: of, thumbs: make(gridOf(grid.cols, grid.rows, 4), windows?.level) };
}

/** Plane 0 of every channel from its level, put where the contexts of the other planes read it. */
export function settleThumbs({ channels, thumbs }: Factors, { width, height, weights, step }: Shape): void {
  channels.forEach((channel, c) => {
    thumbnail(channel, thumbs[c]!, gridOf(width, height, 8));
    seedActivity(channel, thumbs[c]!);
    const role = roleOf(c, channels.length);
    startRegressions(channels, c, role);
    if (weights && c < colourCount(channels.length))
      channel.rowWeights = channel.fineRowWeights = role
        ? channels[0]!.rowWeights
        : activityRows(channel, weights, step);
  });
}

/** Before a band of a channel: the weights of its rows from band 3 on, from what is known of luma then. */
export function settleTexture(
  channels: Factor[],
  channel: number,
  band: number,
  { weights, step }: Shape,
): void {
  if (weights && band === 3 && channel < colourCount(channels.length))
    channels[channel]!.fineRowWeights = textureRows(channels[0]!, weights, step);
}

/** Reading under way, between two steps. */
export interface FactorReader extends Reader {
  factors: Factors;
  /** What reads plane 0's level, and the bands of the channels, by part: itself where there is one. */
  levels: Reader[];
  parts: Reader[];
  /** Is plane 0, with all its columns, where the contexts of the other planes read it? */
  settled?: boolean;
}

/** At the begin of the first step. `levels` and `parts` are the coders of the parts in the windows; where there is one part it has no coder of its own. */
export function factorReader(
  coder: RangeDecoder,
  shape: Shape,
  levels: readonly RangeDecoder[] = [],
  parts: readonly RangeDecoder[] = [],
  windows?: Windows,
): FactorReader {
  const reader: Reader = { coder, states: planeStates() };
  const own = (coders: readonly RangeDecoder[]): Reader[] =>
    coders.length ? coders.map(coder => ({ coder, states: planeStates() })) : [reader];
  return { ...reader, factors: emptyFactors(shape, windows), levels: own(levels), parts: own(parts) };
}

/** Reads the next step. */
export function readStep(
  reader: FactorReader,
  shape: Shape,
  { channel, thumb, band, planes, tiles }: Step,
  bases: (Basis | undefined)[],
): void {
  const { factors } = reader;
  const { width, height, channels } = shape;
  if (tiles) factors.tiles = readTiles(reader.coder, width, height, channels);
  const role = roleOf(channel, channels);
  if (!thumb) {
    settledFactors(reader, shape);
    reader.settled = true;
  }
  const of = thumb ? factors.thumbs : factors.channels;
  if (!thumb) settleTexture(of, channel, band, shape);
  (thumb ? reader.levels : reader.parts).forEach((reader, part) => {
    if (!thumb) readAlive(reader, of, channel, role, band, part);
    if (!thumb && band === 1 && !shape.compact) readRuns(reader, of, channel, role, part);
    for (const k of planes)
      if (k === 0) readDc(reader, of[channel]!, part);
      else readPlane(reader, of, channel, role, k, thumb ? undefined : bases[channel]?.predictors[k], part);
  });
  if (thumb && band === 0) settlePlane0(of, channel, role);
}

/** The factors with plane 0 where it is to be seen, though only some of its steps may have been read. */
export function settledFactors({ settled, factors }: FactorReader, shape: Shape): Factors {
  if (!settled) settleThumbs(factors, shape);
  return factors;
}

/** Reads `steps`, all or the first of a file. The mirror of writeFactors. */
export function readFactors(
  coder: RangeDecoder,
  shape: Shape,
  steps: Step[],
  bases: (Basis | undefined)[],
  levels?: readonly RangeDecoder[],
  parts?: readonly RangeDecoder[],
): Factors {
  const reader = factorReader(coder, shape, levels, parts);
  for (const step of steps) readStep(reader, shape, step, bases);
  return settledFactors(reader, shape);
}
