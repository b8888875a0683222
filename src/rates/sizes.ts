import { SCALES } from '../format/header.js';
import { roleOf, type Step } from '../planes/schedule.js';

/** Place in SCALES of the smallest of these pictures that has a use for a step; their number where none has. Bands 0, 2 and 4 end where the frequencies of 1, 2 and 4 samples a side do; of chroma half as many will do. */
export const sizeOf = ({ channel, thumb, band }: Step, channels: number): number =>
  SCALES.filter(scale => {
    const bands = (8 / scale) & 6;
    return !thumb && band > (roleOf(channel, channels) ? bands >> 1 : bands);
  }).length;

/** How many of the steps of a file the pictures of SCALES need; all of them where they are made of the `whole`. */
export const stepsOfSizes = (steps: readonly Step[], channels: number, whole: boolean): number[] =>
  SCALES.map((_, size) =>
    steps.reduce((last, step, i) => (whole || sizeOf(step, channels) <= size ? i + 1 : last), 0),
  );
