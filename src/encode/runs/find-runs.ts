import { clearFactors } from '../../planes/clear-factors.js';
import type { Factors } from '../../planes/factors.js';
import type { BitSink, Levels } from '../../planes/write.js';
import type { PictureLevels } from '../../planes/write-factors.js';
import { fold } from '../../runs/fold.js';
import type { Runs } from '../../runs/runs.js';
import type { Desk } from '../levels/desk.js';
import { startChannel } from '../levels/kernels.js';
import { affordableRuns, costsOfBlocks } from './affordable-runs.js';
import { chooseRuns } from './choose-runs.js';

/**
 * Likely runs of all channels, by an estimate; both chroma channels share theirs. `channels` are U in steps, `factors` those of the
 * picture.
 */
export function likelyRuns(channels: Float32Array[], roles: number[], factors: Factors): Runs[] {
  const runsByChannel: Runs[] = [];
  channels.forEach((u, c) => {
    const role = roles[c]!;
    const factor = factors.channels[c]!;
    if (role === 2) runsByChannel.push(runsByChannel[c - 1]!);
    else
      runsByChannel.push(
        chooseRuns(role ? [u, channels[c + 1]!] : [u], factor, role, role ? runsByChannel[c - 1] : undefined),
      );
  });
  return runsByChannel;
}

/**
 * Those of `runs`, if any, that pay at the prices of the real coder. `write` writes the first levels of the picture into a meter, once
 * without runs and once with all of them. Overwrites the desk.
 */
export function provenRuns(
  runs: Runs[],
  channels: Float32Array[],
  thumbs: Levels[],
  desk: Desk,
  lambda: number,
  write: (sink: BitSink, levels: PictureLevels) => unknown,
): Runs[] {
  if (!runs.some(channelRuns => channelRuns.some(marks => marks.some(mark => mark)))) return runs;
  const { factors } = desk;
  const [apart, joined] = [[], runs].map(tried => {
    const us = tried.length ? onDesk(channels, desk) : channels;
    foldChannels(us, factors, tried);
    const levels = startLevels(us, thumbs, tried, desk);
    return costsOfBlocks(us, levels, factors, lambda, meter => {
      clearFactors(factors);
      write(meter, levels);
    });
  });
  return affordableRuns(runs, apart!, joined!, factors.channels[0]!);
}

/** Copies channels onto the desk, in the place of the targets. */
const onDesk = (channels: Float32Array[], desk: Desk): Float32Array[] =>
  channels.map((u, c) => {
    const { target } = desk.channels[c]!;
    target.set(u);
    return target;
  });

/** Folds the runs of channels, in place. */
export function foldChannels(channels: Float32Array[], { channels: [first] }: Factors, runs: Runs[]): void {
  for (const [c, u] of channels.entries()) if (runs[c]) fold(u, first!.cols, first!.positions, runs[c]);
}

/** First levels of a picture, made without a coder; those of channels on the desk. `thumbs` are those of plane 0. */
export const startLevels = (
  channels: Float32Array[],
  thumbs: Levels[],
  runs: Runs[],
  desk: Pick<Desk, 'channels'>,
): PictureLevels => ({
  channels: channels.map((u, c) => {
    const { levels, lastBand } = desk.channels[c]!;
    startChannel(u, { levels, lastBand });
    return { levels, lastBand, runs: runs[c] };
  }),
  thumbs: [...thumbs],
});
