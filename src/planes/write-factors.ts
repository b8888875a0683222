import type { Basis } from '../factors/rotation.js';
import type { Runs } from '../runs/runs.js';
import type { Factors, Shape } from './factors.js';
import { emptyFactors } from './kernels.js';
import type { Notes } from './notes.js';
import { settleTexture, settleThumbs } from './read-factors.js';
import { roleOf, type Step } from './schedule.js';
import { settlePlane0 } from './thumbnail.js';
import { type BitSink, type Levels, writeDc, writeRuns } from './write.js';
import { withLevels, writeAlive, writePlane } from './write-kernels.js';

/** The levels of all channels: those of U, and those of plane 0's level; element k of block b at b * size + k. */
export interface PictureLevels {
  channels: ChannelLevels[];
  thumbs: Levels[];
}

export interface ChannelLevels {
  levels: Levels;
  /** By block: the last band with a nonzero level; 0 where there is none. */
  lastBand: Uint8Array;
  /** Runs; their levels are those of their DCT. Default none. */
  runs?: Runs | undefined;
}

/** What a pass notes, by channel. */
export interface PictureNotes {
  channels: Notes[];
  thumbs: Notes[];
}

/**
 * Writes all `steps`. Calls `after(step)` when each is done; at the step of the tiles, `after` must write them. Returns the factors as a
 * reader would have them, in `factors` if factors of zeros are given. The mirror of readFactors.
 */
export function writeFactors(
  sink: BitSink,
  shape: Shape,
  steps: Step[],
  picture: PictureLevels,
  bases: (Basis | undefined)[],
  notes?: PictureNotes,
  after?: (step: number) => void,
  factors = emptyFactors(shape),
): Factors {
  let settled = false;
  const writeStep = ({ channel, thumb, band, planes }: Step, step: number): void => {
    const role = roleOf(channel, shape.channels);
    if (!thumb && !settled) {
      settleThumbs(factors, shape);
      settled = true;
    }
    const of = thumb ? factors.thumbs : factors.channels;
    const { levels, lastBand, runs } = picture.channels[channel]!;
    if (!thumb) settleTexture(of, channel, band, shape);
    of[channel]!.living.forEach((_, part) => {
      const to = (thumb ? sink.ofLevel?.(part) : sink.ofPart?.(part)) ?? sink;
      if (!thumb) writeAlive(to, of, channel, role, band, lastBand, notes?.channels[channel], part);
      if (!thumb && band === 1 && !shape.compact) writeRuns(to, of, channel, role, runs, part);
      for (const k of planes)
        if (k === 0) writeDc(to, of[channel]!, picture.thumbs[channel]!, part);
        else
          writePlane(
            to,
            of,
            channel,
            role,
            k,
            thumb ? picture.thumbs[channel]! : levels,
            notes?.[thumb ? 'thumbs' : 'channels'][channel],
            thumb ? undefined : bases[channel]?.predictors[k],
            part,
          );
    });
    if (thumb && band === 0) settlePlane0(of, channel, role);
    after?.(step);
  };
  withLevels(
    [...factors.channels, ...factors.thumbs],
    [...picture.channels.map(({ levels }) => levels), ...picture.thumbs],
    () => steps.forEach(writeStep),
  );
  if (!settled) settleThumbs(factors, shape);
  return factors;
}
