import type { RangeDecoder } from '../bits/range-decoder.js';
import { colourCount } from '../core/raster.js';
import type { Basis } from '../factors/rotation.js';
import { gridOf } from '../matrices/blocks.js';
import { readTiles } from '../tiles/read.js';
import type { Factor } from './factor.js';
import type { Factors, Shape, Windows } from './factors.js';
import { emptyFactors, readAlive, readPlane } from './kernels.js';
import { type Reader, readDc, readRuns } from './read.js';
import { activityRows, textureRows } from './row-weights.js';
import { roleOf, type Step } from './schedule.js';
import { planeStates } from './states.js';
import { seedActivity, settlePlane0, startRegressions, thumbnail } from './thumbnail.js';

/** Computes plane 0 of every channel from its level, for display. */
function showThumbs({ channels, thumbs }: Factors, { width, height }: Shape): void {
  for (const [c, of] of channels.entries()) thumbnail(of, thumbs[c]!, gridOf(width, height, 8));
}

/** Computes it where the contexts of the other planes read it. */
export function settleThumbs(factors: Factors, shape: Shape): void {
  const { channels, thumbs } = factors;
  const { weights, step } = shape;
  showThumbs(factors, shape);
  channels.forEach((channel, c) => {
    seedActivity(channel, thumbs[c]!);
    const role = roleOf(c, channels.length);
    startRegressions(channels, c, role);
    if (weights && c < colourCount(channels.length))
      channel.rowWeights = channel.fineRowWeights = role
        ? channels[0]!.rowWeights
        : activityRows(channel, weights, step);
  });
}

/** Before a band of a channel: sets the weights of its rows from band 3 on, from what is known of luma by then. */
export function settleTexture(
  channels: Factor[],
  channel: number,
  band: number,
  { weights, step }: Shape,
): void {
  if (!weights || band !== 3 || channel >= colourCount(channels.length)) return;
  const luma = channels[0]!;
  const { rowWeights, fineRowWeights } = luma;
  // If luma has begun with this band, nothing that they depend on has changed since.
  channels[channel]!.fineRowWeights =
    fineRowWeights === rowWeights ? textureRows(luma, weights, step) : fineRowWeights;
}

/** A reader between two steps. */
export interface FactorReader extends Reader {
  factors: Factors;
  /** Readers of plane 0's level, and of the bands of the channels, by part; the reader itself where there is one part. */
  levels: Reader[];
  parts: Reader[];
  /** Is plane 0, with all its columns, where the contexts of the other planes read it? */
  settled?: boolean;
}

/**
 * A reader before the first step. `levels` and `parts` are the coders of the parts in the windows; a single part has no coder of its own.
 */
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
  if (!thumb && !reader.settled) {
    settleThumbs(factors, shape);
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

/** The factors with plane 0 computed for display, even if only some of its steps have been read. */
export function settledFactors({ settled, factors }: FactorReader, shape: Shape): Factors {
  if (!settled) showThumbs(factors, shape);
  return factors;
}

/** Reads `steps`, which may be the first steps of a file. The mirror of writeFactors. */
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
