import { plainOrder, roleOf, type Step, stepsOf } from '../planes/schedule.js';
import { planeStates } from '../planes/states.js';
import { type PictureLevels, type PictureNotes, writeFactors } from '../planes/write-factors.js';
import { orderOfImportance, type Worth } from '../rates/importance.js';
import type { Analysis } from './analyse.js';
import { CostMeter } from './costs.js';
import { stepGain } from './distortion.js';
import { firstLevels, LAMBDA, lastBands, optimiseChannel, optimiseThumb } from './quantise.js';

/** A picture's levels at one quantiser step, and the order in which they are best written. */
export interface Quantised {
  /** X V by channel, and of plane 0's level, in steps. */
  channels: Float32Array[];
  thumbs: Float32Array[];
  levels: PictureLevels;
  order: number[];
  steps: Step[];
}

/**
 * Chooses the levels of all channels: each pass writes them to a meter that learns as the file's coder would, then chooses anew at the prices
 * it has learnt. `step` is the quantiser step, `passes` at least 1.
 */
export function quantisePicture(analysis: Analysis, step: number, rank: number, passes: number): Quantised {
  const { raster, grid } = analysis;
  const shape = { width: raster.width, height: raster.height, channels: raster.channels };
  const roles = analysis.channels.map((_, c) => roleOf(c, raster.channels));
  const blocks = grid.cols * grid.rows;
  const channels = analysis.channels.map(u => u.map(x => x / step));
  const thumbs = analysis.thumbs.map(u => u.map(x => x / step));
  const plain = stepsOf(raster.channels, plainOrder(raster.channels, rank), rank, false)!;
  let levels: PictureLevels = {
    channels: channels.map(u => {
      const first = firstLevels(u);
      return { levels: first, lastBand: lastBands(first, blocks) };
    }),
    thumbs: thumbs.map(firstLevels),
  };
  let bits: number[] = [];
  const notes: PictureNotes = {
    channels: channels.map(u => ({
      coefficients: new Uint32Array(u.length),
      alive: new Uint8Array(blocks * 8),
    })),
    thumbs: thumbs.map(u => ({ coefficients: new Uint32Array(u.length), alive: new Uint8Array(0) })),
  };
  for (let pass = 0; pass < passes; pass++) {
    const meter = new CostMeter(planeStates());
    bits = [];
    writeFactors(meter, shape, plain, levels, notes, () => bits.push(meter.bits));
    levels = {
      channels: channels.map((u, c) =>
        optimiseChannel(u, notes.channels[c]!, meter, roles[c]!, rank, LAMBDA, levels.channels[c]!.lastBand),
      ),
      thumbs: thumbs.map((u, c) => optimiseThumb(u, notes.thumbs[c]!, meter, roles[c]!, LAMBDA)),
    };
  }
  const quantised = { channels, thumbs, levels, order: [], steps: plain };
  const worths: Worth[] = plain.map((of, i) => ({
    step: of,
    gain: of.thumb ? 0 : stepGain(quantised, of),
    bits: bits[i]! - (i ? bits[i - 1]! : 0),
  }));
  const used = worths.filter(
    ({ step: { thumb, channel, band } }) => !thumb && levels.channels[channel]!.lastBand.some(b => b >= band),
  );
  const order = orderOfImportance(used, raster.channels, c => roles[c]!);
  return { ...quantised, order, steps: stepsOf(raster.channels, order, rank, analysis.tiles !== undefined)! };
}
