import { SCALES } from '../format/header.js';
import { roleOf, type Step } from '../planes/schedule.js';

/**
 * Index in SCALES of the smallest picture that needs a step; the length of SCALES if none does. Bands 0, 2 and 4 end with the frequencies
 * of 1, 2 and 4 samples a side; half as many are enough for chroma.
 */
export const sizeOf = ({ channel, thumb, band }: Step, channels: number): number =>
  SCALES.filter(scale => {
    const bands = (8 / scale) & 6;
    return !thumb && band > (roleOf(channel, channels) ? bands >> 1 : bands);
  }).length;

/** How many of the steps of a file the pictures of SCALES need; all steps if they are made from the `whole` picture. */
export const stepsOfSizes = (steps: readonly Step[], channels: number, whole: boolean): number[] =>
  SCALES.map((_, size) =>
    steps.reduce((last, step, i) => (whole || sizeOf(step, channels) <= size ? i + 1 : last), 0),
  );
