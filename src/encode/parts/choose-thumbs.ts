import { ONE_BLOCK } from '../../parts/windows.js';
import { clearFactors } from '../../planes/clear-factors.js';
import { emptyFactors } from '../../planes/kernels.js';
import { emptyNotes, markBold } from '../../planes/notes.js';
import { plainOrder, roleOf, stepsOf } from '../../planes/schedule.js';
import { planeStates } from '../../planes/states.js';
import { stepOf } from '../../planes/step.js';
import type { Levels } from '../../planes/write.js';
import { writeFactors } from '../../planes/write-factors.js';
import type { Analysis } from '../analyse.js';
import { type QuantiseOptions, thumbsInSteps } from '../levels/choose-levels.js';
import { CostMeter } from '../levels/costs.js';
import { firstLevels, lambdaAt, optimiseThumb } from '../levels/quantise.js';

const PASSES = 2;

/** Chooses the levels of plane 0 of a picture by itself. Its parts begin with these: their weights also depend on plane 0 around them. */
export function chooseThumbs(
  { raster, weights, thumbs: all, thumbGrid }: Pick<Analysis, 'raster' | 'weights' | 'thumbs' | 'thumbGrid'>,
  code: number,
  { price }: QuantiseOptions,
): Levels[] {
  const step = stepOf(code);
  const lambda = lambdaAt(step, weights !== undefined, price);
  const shape = { ...raster, step: code, weights };
  const factors = emptyFactors(shape, {
    window: ONE_BLOCK,
    level: { left: 0, top: 0, ...thumbGrid },
  });
  const wanted = thumbsInSteps(all, factors, step);
  const steps = stepsOf(raster.channels, plainOrder(raster.channels, 1), 1, false);
  const notes = { channels: [], thumbs: wanted.map(u => emptyNotes(u.length / 16, 16)) };
  wanted.forEach((u, c) => {
    markBold(notes.thumbs[c]!, u, 16);
  });
  const none = { levels: new Int32Array(64), lastBand: new Uint8Array(1) };
  const channels = wanted.map(() => none);
  let levels = wanted.map(u => firstLevels(u));
  for (let pass = 0; pass < PASSES; pass++) {
    const meter = new CostMeter(planeStates());
    clearFactors(factors);
    writeFactors(meter, shape, steps, { channels, thumbs: levels }, [], notes, undefined, factors);
    levels = wanted.map((u, c) =>
      optimiseThumb(u, notes.thumbs[c]!, meter, roleOf(c, raster.channels), lambda),
    );
  }
  return levels;
}
