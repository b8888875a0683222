import type { Plane } from '../core/plane.js';
import { TAPS } from '../restore/bank.js';
import { TURNS } from '../restore/filter.js';
import type { Samples } from '../restore/samples.js';
import { COLUMNS, type gatherStatistics, hopFor, normalsOf } from '../restore/statistics.js';
import type { Machine } from './machine.js';
import { boundsOf } from './restore-kernels.js';

/** Sums of one filter: products of taps, each two halves of 64 bits, and TAPS doubles. */
const PAIRS = (TAPS * (TAPS + 1)) / 2;
const FILTER_BYTES = PAIRS * 16 + TAPS * 8;

/** The slowest part of designing the filter. */
export function statisticsKernel(machine: Machine): typeof gatherStatistics {
  const { run } = machine;
  return (
    { width, stride, data }: Samples,
    original: Plane,
    chosen: Uint8Array,
    groups: number,
    clips: Int32Array,
    step: number,
    many: number,
  ) => {
    const cols = width >> 3;
    const hop = hopFor(chosen.length, many);
    const { wide, narrow } = boundsOf(clips);
    const filters = groups * TURNS;
    const [band, line, picks, work, sums] = machine.place(
      8 * stride * 2,
      4 * original.width * 4,
      cols,
      256,
      filters * FILTER_BYTES,
    );
    const { bytes, shorts, floats } = machine;
    bytes.fill(0, sums, sums + filters * FILTER_BYTES);
    const blocks = new Int32Array(groups);
    const across = original.width >> 2;
    for (let by = 0; by < original.height >> 2; by++) {
      const begin = by % hop;
      const first = (by >> 1) * cols;
      shorts.set(data.subarray(by * 4 * stride, (by * 4 + 8) * stride), band >> 1);
      floats.set(original.data.subarray(by * 4 * original.width, (by + 1) * 4 * original.width), line >> 2);
      bytes.set(chosen.subarray(first, first + cols), picks);
      for (let bx = begin; bx < across; bx += hop) blocks[Math.floor(chosen[first + (bx >> 1)]! / TURNS)]!++;
      run.gatherStatistics(
        band,
        stride,
        line,
        original.width,
        picks,
        begin,
        across,
        hop,
        wide,
        narrow,
        work,
        sums,
      );
    }
    return normalsOf(
      Array.from({ length: filters }, (_, filter) => sumsAt(machine, sums + filter * FILTER_BYTES)),
      blocks,
      hop,
      step,
    );
  };
}

/** The sums of one filter in the form that `normalsOf` takes: COLUMNS x COLUMNS, the upper triangle. */
function sumsAt({ words, doubles }: Machine, at: number): Float64Array {
  const sum = new Float64Array(COLUMNS * COLUMNS);
  const whole = (word: number): number => words[word + 1]! * 2 ** 32 + (words[word]! >>> 0);
  let word = at >> 2;
  for (let i = 0; i < TAPS; i++)
    for (let j = i; j < TAPS; j++, word += 4) sum[i * COLUMNS + j] = whole(word) + whole(word + 2);
  for (let i = 0; i < TAPS; i++) sum[i * COLUMNS + TAPS] = doubles[(word >> 1) + i]!;
  return sum;
}
