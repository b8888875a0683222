import { copyOf } from '../core/copy-of.js';
import type { Raster } from '../core/raster.js';
import { backgroundOf } from './background.js';
import { type ClipSource, checkedFrames } from './clip-source.js';
import { differencesOf } from './differences.js';
import { gainsOfFrame } from './gains.js';

/** A clip factored in time, as far as possible before a quality is chosen. */
export interface ClipPlan {
  /** The spatial factors as pictures, the background first. */
  factors: Raster[];
  /** By factor and frame, as in the header. */
  gains: number[][];
}

/** Number of frames that the factors are computed from, evenly spaced; as many are in memory at once. */
const SAMPLED = 48;
/** If all gains of the background are this near to 0, they are noise. */
const STEADY = 2;

/** Factors a clip in time: the background and other factors from some frames, then the gains of all. Reads the frames twice. */
export async function planClip(
  clip: ClipSource,
  rank: number,
  options: { maxPixels?: number; signal?: AbortSignal },
): Promise<ClipPlan> {
  const count = clip.durations.length;
  const sampled: Raster[] = [];
  let index = 0;
  for await (const frame of checkedFrames(clip, options)) {
    const wanted = Math.floor((sampled.length * count) / Math.min(count, SAMPLED));
    // A source may reuse its array for the next frame.
    if (index++ === wanted) sampled.push({ ...frame, data: copyOf(frame.data) });
  }
  const background = backgroundOf(sampled);
  const factors = [background, ...differencesOf(sampled, background, Math.min(rank, sampled.length) - 1)];
  const gains: number[][] = factors.map(() => []);
  for await (const frame of checkedFrames(clip, options))
    gainsOfFrame(frame, factors).forEach((gain, k) => {
      gains[k]!.push(gain);
    });
  if (gains[0]!.every(gain => Math.abs(gain) <= STEADY)) gains[0] = [];
  return { factors, gains };
}
