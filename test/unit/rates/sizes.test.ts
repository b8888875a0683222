import { expect, it } from 'vitest';
import { plainOrder, stepsOf } from '../../../src/planes/schedule.js';
import { sizeOf, stepsOfSizes } from '../../../src/rates/sizes.js';

/** By band, 1 to 6, the size of a channel's steps. */
const sizes = (channel: number, channels: number): number[] =>
  stepsOf(channels, plainOrder(channels, 64), 64, false)
    .filter(step => !step.thumb && step.channel === channel)
    .map(step => sizeOf(step, channels));

it('Smaller pictures need the bands of as many frequencies as they have samples, for chroma half as many', () => {
  expect(sizes(0, 3)).toEqual([1, 1, 2, 2, 3, 3]);
  expect(sizes(1, 3)).toEqual([1, 2, 3, 3, 3, 3]);
  expect(sizes(2, 4)).toEqual([1, 2, 3, 3, 3, 3]);
  for (const alone of [sizes(3, 4), sizes(0, 1), sizes(1, 2)]) expect(alone).toEqual([1, 1, 2, 2, 3, 3]);
});

it('The steps that they need end with the last of these bands, or are all steps', () => {
  const steps = stepsOf(1, plainOrder(1, 64), 64, false);
  expect(stepsOfSizes(steps, 1, false)).toEqual([5, 7, 9]);
  expect(stepsOfSizes(steps, 1, true)).toEqual([11, 11, 11]);
  // Chroma is late: half the size waits for its second band last.
  const late = stepsOf(3, [0, 0, 0, 0, 0, 0, 1, 2, 1, 2], 64, false);
  expect(stepsOfSizes(late, 3, false)).toEqual([15, 23, 25]);
});
