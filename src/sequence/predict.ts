import { BACKGROUND, FLAT, type Frame, MOVED } from './code-frame.js';
import type { Memory } from './memory.js';

/** Makes the frame that `frame` and memory.factors say of memory.previous, in its place: predictions from their sources plus levels times the step. */
export function applyFrame(memory: Memory, frame: Frame, background: Float32Array[], moved: Float32Array[], step: number): void {
  memory.factors.forEach(({ values, places, positions, ends }, c) => {
    const x = memory.previous[c]!;
    const other = background[c]!;
    const first = memory.frames === 0;
    const unit = step / 2;
    for (let b = 0; b < positions.length; b++) {
      const i = positions[b]!;
      const from = b * 64;
      const source = frame.sources[b]!;
      if (source === BACKGROUND) for (let k = 0; k < 64; k++) x[from + k] = other[from + k]!;
      else if (source === MOVED) for (let k = 0; k < 64; k++) x[from + k] = moved[c]![from + k]!;
      else if (source === FLAT) {
        if (first) x[from] = other[from]!;
        x.fill(0, from + 1, from + 64);
      }
      if (!frame.coded[b]) continue;
      const end = ends[b]! > 1 ? 64 : 1;
      for (let k = 0; k < end; k++) {
        const value = values[k * places + i]!;
        if (value) x[from + k] = x[from + k]! + value * unit;
      }
    }
  });
  memory.frames++;
}
