import type { RangeDecoder } from '../bits/range-decoder.js';
import type { Basis } from '../factors/rotation.js';
import { gridOf } from '../matrices/blocks.js';
import type { Tiles } from '../tiles/model.js';
import { readTiles } from '../tiles/read.js';
import { type Factor, factor } from './factor.js';
import { type Reader, readAlive, readDc, readPlane, readRuns } from './read.js';
import { roleOf, type Step } from './schedule.js';
import { planeStates } from './states.js';
import { seedContexts, settlePlane0, thumbnail } from './thumbnail.js';

/** The quantised factors of a picture: U of each channel, and of each channel's plane 0. */
export interface Factors {
  channels: Factor[];
  thumbs: Factor[];
  /** The exact cells, where there are any. */
  tiles?: Tiles;
}

/** Factors of zeros for a picture of width x height with so many channels. */
export function emptyFactors(width: number, height: number, channels: number): Factors {
  const make = (w: number, h: number, block: 4 | 8): Factor[] =>
    Array.from({ length: channels }, () => factor(gridOf(w, h, block)));
  const of = make(width, height, 8);
  return { channels: of, thumbs: make(of[0]!.cols, of[0]!.rows, 4) };
}

/** Plane 0 of every channel from its level, put where the contexts of the other planes read it. */
export function settleThumbs({ channels, thumbs }: Factors): void {
  channels.forEach((channel, c) => {
    thumbnail(channel, thumbs[c]!);
    seedContexts(channel, thumbs[c]!);
    settlePlane0(channels, c, roleOf(c, channels.length));
  });
}

/** Reading under way, between two steps. */
export interface FactorReader extends Reader {
  factors: Factors;
  /** Is plane 0, with all its columns, where the contexts of the other planes read it? */
  settled?: boolean;
}

/** Files of the compact form have no runs. */
type Shape = { width: number; height: number; channels: number; compact: boolean };

/** At the begin of the first step of a picture of width x height. */
export const factorReader = (
  coder: RangeDecoder,
  { width, height, channels }: Omit<Shape, 'compact'>,
): FactorReader => ({
  coder,
  states: planeStates(),
  factors: emptyFactors(width, height, channels),
});

/** Reads the next step. */
export function readStep(
  reader: FactorReader,
  { width, height, channels, compact }: Shape,
  { channel, thumb, band, planes, tiles }: Step,
  bases: (Basis | undefined)[],
): void {
  const { factors } = reader;
  if (tiles) factors.tiles = readTiles(reader.coder, width, height, channels);
  const role = roleOf(channel, channels);
  if (!thumb) {
    settledFactors(reader);
    reader.settled = true;
  }
  const of = thumb ? factors.thumbs : factors.channels;
  if (!thumb) readAlive(reader, of, channel, role, band);
  if (!thumb && band === 1 && !compact) readRuns(reader, of, channel, role);
  for (const k of planes)
    if (k === 0) {
      readDc(reader, of[channel]!);
      settlePlane0(of, channel, role);
    } else readPlane(reader, of, channel, role, k, thumb ? undefined : bases[channel]?.predictors[k]);
}

/** The factors with plane 0 where it is to be seen, though only some of its steps may have been read. */
export function settledFactors({ settled, factors }: FactorReader): Factors {
  if (!settled) settleThumbs(factors);
  return factors;
}

/** Reads `steps`, all or the first of a file. The mirror of writeFactors. */
export function readFactors(
  coder: RangeDecoder,
  shape: Shape,
  steps: Step[],
  bases: (Basis | undefined)[],
): Factors {
  const reader = factorReader(coder, shape);
  for (const step of steps) readStep(reader, shape, step, bases);
  return settledFactors(reader);
}
