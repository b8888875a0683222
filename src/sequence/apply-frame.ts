import { CLEARED, FLAT, type Frame } from './frame.js';
import type { Memory } from './memory.js';

/**
 * Updates memory.left from the last frame to this one: by block, what its source stands for, plus the levels in memory.factors times the
 * step. `lowRank` holds the coefficients of this frame's low-rank part.
 */
export function applyFrame(
  memory: Memory,
  { coded, sources }: Frame,
  lowRank: Float32Array[],
  step: number,
): void {
  const unit = step / 2;
  memory.factors.forEach(({ values, places, positions, ends }, c) => {
    const left = memory.left[c]!;
    const low = lowRank[c]!;
    for (let b = 0; b < positions.length; b++) {
      if (!coded[b]) continue;
      const from = b * 64;
      if (sources[b] === CLEARED) left.fill(0, from, from + 64);
      else if (sources[b] === FLAT) for (let k = 1; k < 64; k++) left[from + k] = -low[from + k]!;
      const last = ends[b]! > 1 ? 64 : 1;
      for (let k = 0; k < last; k++) {
        const value = values[k * places + positions[b]!]!;
        if (value) left[from + k]! += value * unit;
      }
    }
  });
}
