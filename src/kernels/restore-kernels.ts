import type { Plane } from '../core/plane.js';
import { spareFloats } from '../core/spare.js';
import { applyFilter } from '../restore/apply.js';
import { GROUPS, TAPS } from '../restore/bank.js';
import { DIFFERENCES } from '../restore/clips.js';
import { TURNS } from '../restore/filter.js';
import type { RestoreKernels } from '../restore/kernels.js';
import { PAD, type Samples } from '../restore/samples.js';
import { GROUP_OF_CLASS } from '../tables/tables.js';
import type { Machine } from './machine.js';

/** Rows turned into samples at a time. */
const ROWS = 16;
/** Bounds of a block's activity, in steps, as in restore/choose.ts. */
const ACTIVITY = [0.05, 0.12, 0.25, 0.6];

/** Both bounds of `clipsOf`, as numbers that no difference exceeds. */
export const boundsOf = (clips: Int32Array): { wide: number; narrow: number } => {
  const narrow = clips[DIFFERENCES]!;
  return { wide: (clips.at(-1)! - 2 * narrow) >> 16, narrow };
};

/** The parts of `restore` that a decoder needs. */
export function restoreKernels(machine: Machine): RestoreKernels {
  const { run } = machine;
  return {
    toSamples({ width, height, data: from }: Plane): Samples {
      const stride = width + 2 * PAD;
      const data = new Int16Array(stride * (height + 2 * PAD));
      const [source, target] = machine.place(ROWS * width * 4, ROWS * width * 2);
      const { floats, shorts } = machine;
      let to = PAD * stride + PAD;
      for (let y = 0; y < height; y += ROWS) {
        const rows = Math.min(ROWS, height - y);
        floats.set(from.subarray(y * width, (y + rows) * width), source >> 2);
        run.toSamples(source, rows * width, target);
        for (let row = 0, at = target >> 1; row < rows; row++, at += width, to += stride) {
          data.set(shorts.subarray(at, at + width), to);
          data.fill(data[to]!, to - PAD, to);
          data.fill(data[to + width - 1]!, to + width, to + width + PAD);
        }
      }
      for (let y = 0; y < PAD; y++) {
        data.copyWithin(y * stride, PAD * stride, (PAD + 1) * stride);
        data.copyWithin(to - PAD + y * stride, to - PAD - stride, to - PAD);
      }
      return { width, height, stride, data };
    },

    chooseFilters({ width, stride, data }: Samples, coded: Uint8Array, step: number): Uint8Array {
      const bounds = ACTIVITY.map(a => Math.floor(1024 * step * a));
      const cols = width >> 3;
      const chosen = new Uint8Array(coded.length);
      const [band, sums] = machine.place(10 * stride * 2, cols * 16);
      const { shorts, words } = machine;
      for (let b = 0; b < coded.length; ) {
        const from = ((b / cols) * 8 + PAD - 1) * stride;
        shorts.set(data.subarray(from, from + 10 * stride), band >> 1);
        run.activities(band + (stride + PAD) * 2, stride, cols, sums);
        for (let at = sums >> 2, end = b + cols; b < end; b++, at += 4)
          chosen[b] = filterOf(words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!, bounds, coded[b]!);
      }
      return chosen;
    },

    applyFilter(samples, chosen, coefficients, clips, out) {
      const { width, height, stride, data } = samples;
      if (!coefficients.every(c => (c << 16) >> 16 === c)) {
        applyFilter(samples, chosen, coefficients, clips, out);
        return;
      }
      const cols = width >> 3;
      const [band, picks, filters, made] = machine.place(
        12 * stride * 2,
        cols,
        GROUPS * TURNS * TAPS * 2,
        8 * width * 4,
      );
      const { bytes, shorts, floats } = machine;
      const { wide, narrow } = boundsOf(clips);
      for (let i = 0; i < coefficients.length; i++) {
        const tap = i % TAPS;
        // Pair by pair: wide and narrow.
        shorts[(filters >> 1) + i - tap + (tap % 6) * 2 + (tap < 6 ? 0 : 1)] = coefficients[i]!;
      }
      for (let y = 0; y < height; y += 8) {
        shorts.set(data.subarray(y * stride, (y + 12) * stride), band >> 1);
        bytes.set(chosen.subarray((y >> 3) * cols, ((y >> 3) + 1) * cols), picks);
        run.applyFilter(band + (2 * stride + PAD) * 2, stride, cols, picks, filters, wide, narrow, made);
        out.set(floats.subarray(made >> 2, (made >> 2) + 8 * width), y * width);
      }
    },

    smooth(plane: Plane, coded: Uint8Array, step: number): void {
      const { width, height, data } = plane;
      const cols = width >> 3;
      const stride = width + 4;
      const out = spareFloats(data.length);
      const [band, known, made] = machine.place(12 * stride * 4, cols, 8 * width * 4);
      const { bytes, floats } = machine;
      for (let y = 0; y < height; y += 8) {
        for (let row = 0, at = (band >> 2) + 2; row < 12; row++, at += stride) {
          const from = Math.max(0, Math.min(height - 1, y + row - 2)) * width;
          floats.set(data.subarray(from, from + width), at);
          floats.fill(data[from]!, at - 2, at);
          floats.fill(data[from + width - 1]!, at + width, at + width + 2);
        }
        bytes.set(coded.subarray((y >> 3) * cols, ((y >> 3) + 1) * cols), known);
        run.smooth(band + (2 * stride + 2) * 4, stride, cols, known, 0.08 * step, made);
        out.set(floats.subarray(made >> 2, (made >> 2) + 8 * width), y * width);
      }
      plane.data = out;
    },
  };
}

/** The filter that chooseFilters chooses from a block's four sums. */
function filterOf(
  across: number,
  down: number,
  diagonal: number,
  antidiagonal: number,
  bounds: number[],
  coded: number,
): number {
  const sum = across + down;
  const crossSum = diagonal + antidiagonal;
  let activity = 0;
  while (activity < 4 && sum > bounds[activity]!) activity++;
  const straight = Math.abs(across - down) * crossSum > Math.abs(diagonal - antidiagonal) * sum;
  const lean = straight ? across - down : diagonal - antidiagonal;
  const direction = 7 * Math.abs(lean) > 2 * (straight ? sum : crossSum) ? (straight ? 1 : 2) : 0;
  return GROUP_OF_CLASS[(activity * 3 + direction) * 2 + coded]! * TURNS + (lean < 0 ? direction : 0);
}
