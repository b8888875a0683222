import { CostMeter } from '../encode/costs.js';
import { firstLevels, lastBands, optimiseChannel } from '../encode/quantise.js';
import { roleOf } from '../planes/schedule.js';
import type { Notes } from '../planes/write.js';
import { writeAlive, writePlane } from '../planes/write.js';
import type { Plane } from '../core/plane.js';
import { movedFrame } from './motion.js';
import { searchMotion } from './search-motion.js';
import type { AdaptiveBits } from '../bits/adaptive.js';
import { BACKGROUND, codeFrame, FLAT, type Frame, MOVED, PREVIOUS } from './code-frame.js';
import type { FrameCoder } from './frame-coder.js';
import type { Memory } from './memory.js';

export interface FrameChoice extends Frame {
  lastBands: Uint8Array[];
  moved: Float32Array[];
}

/** Prices at what the coder has learnt so far; does not learn. */
class FrozenMeter extends CostMeter {
  override bit(context: number, bit: number): void {
    this.bits += this.cost(context, bit);
  }
}

export interface Settings {
  lambda: number;
  passes: number;
  motion: boolean;
}

export function chooseFrame(
  memory: Memory,
  wanted: Float32Array[],
  background: Float32Array[],
  planes: { wanted: Plane[]; before: Plane[] },
  step: number,
  states: { planes: AdaptiveBits; own: AdaptiveBits },
  settings: Settings,
): FrameChoice {
  const { lambda } = settings;
  const blocks = memory.grid.cols * memory.grid.rows;
  const first = memory.frames === 0;
  const sources = new Uint8Array(blocks);
  const residuals = wanted.map(x => new Float32Array(x.length));
  let moved: Float32Array[] = [];
  let vectors = new Int16Array(2 * blocks);
  const sourceOf = (source: number, c: number): Float32Array =>
    source === MOVED ? moved[c]! : source === BACKGROUND || (first && source === FLAT) ? background[c]! : memory.previous[c]!;
  const costOf = (b: number, source: number): number => {
    let sum = 0;
    for (let c = 0; c < wanted.length; c++) {
      const x = wanted[c]!;
      const p = sourceOf(source, c);
      for (let k = 0, at = b * 64; k < 64; k++, at++) {
        const r = Math.abs(x[at]! - (source === FLAT && k ? 0 : p[at]!)) / step;
        const coded = lambda * (5 + 2 * Math.log2(1 + r)) + 0.08;
        sum += Math.min(r * r, coded);
      }
    }
    return sum;
  };
  const still = Float64Array.from({ length: blocks }, (_, b) => (first ? 0 : costOf(b, PREVIOUS)));
  if (!first && settings.motion) {
    vectors = searchMotion(planes.wanted[0]!, planes.before[0]!, memory.grid, lambda * step * step, b => still[b]! > lambda * 8);
    moved = movedFrame(planes.before, memory.grid, { sources: sources.map((_, b) => vectors[2 * b] || vectors[2 * b + 1] ? MOVED : PREVIOUS), vectors } as unknown as Frame);
  }
  for (let b = 0; b < blocks; b++) {
    let best = Infinity;
    for (const source of first ? [BACKGROUND, FLAT] : [PREVIOUS, BACKGROUND, FLAT, MOVED]) {
      if (source === MOVED && !(vectors[2 * b] || vectors[2 * b + 1])) continue;
      const extra = source === PREVIOUS ? 0 : source === BACKGROUND ? 2 : source === FLAT ? 3 : 6;
      const cost = costOf(b, source) + lambda * extra;
      if (cost < best) {
        best = cost;
        sources[b] = source;
      }
    }
  }
  if (!first) moved = movedFrame(planes.before, memory.grid, { sources, vectors } as unknown as Frame);
  for (let b = 0; b < blocks; b++)
    for (let c = 0; c < wanted.length; c++) {
      const p = sourceOf(sources[b]!, c);
      for (let k = 0, at = b * 64; k < 64; k++, at++)
        residuals[c]![at] = (wanted[c]![at]! - (sources[b] === FLAT && k ? 0 : p[at]!)) / step;
    }
  const levels = residuals.map(firstLevels);
  const bands = levels.map(l => lastBands(l, blocks));
  const choice: FrameChoice = { coded: new Uint8Array(blocks), sources, vectors, moved, levels, lastBands: bands };
  const skippable = first ? BACKGROUND : PREVIOUS;
  const mark = (): void => {
    for (let b = 0; b < blocks; b++)
      choice.coded[b] =
        sources[b] !== skippable || levels.some((l, c) => l[b * 64] !== 0 || bands[c]![b]! > 0) ? 1 : 0;
  };
  mark();
  for (let pass = 0; pass < settings.passes; pass++) {
    const meter = new FrozenMeter(states.planes);
    const notes = residuals.map((wanted): Notes => ({ wanted, coefficients: new Uint32Array(wanted.length), alive: new Uint8Array(blocks * 8) }));
    codeFrame(new FrameWriter(meter, () => {}, choice, notes), memory, { ...choice, sources: sources.slice(), vectors: vectors.slice() }, false);
    levels.forEach((l, c) => {
      const x = residuals[c]!;
      optimiseChannel({ levels: l, lastBand: bands[c]! }, x, notes[c]!, meter, roleOf(c, levels.length), 64, lambda);
      for (let b = 0; b < blocks; b++) {
        const r = Math.abs(x[b * 64]!);
        const q = Math.floor(r + 0.5);
        let best = r * r;
        let pick = 0;
        for (let m = Math.max(1, q - 1); m <= q; m++) {
          const cost = (r - m) ** 2 + lambda * (3 + 2 * Math.log2(m));
          if (cost < best) [best, pick] = [cost, m];
        }
        l[b * 64] = x[b * 64]! < 0 ? -pick : pick;
      }
    });
    mark();
  }
  return choice;
}

/** Writes a frame, or prices it. */
export class FrameWriter implements FrameCoder {
  constructor(
    private readonly sink: { bit(context: number, bit: number): void; even(bit: number): void },
    private readonly own: (context: number, bit: number) => void,
    private readonly choice: FrameChoice,
    private readonly notes?: Notes[],
  ) {}

  bit(context: number, bit: number): number {
    this.own(context, bit);
    return bit;
  }

  alive(factors: Parameters<FrameCoder['alive']>[0], channel: number, role: number, band: number): void {
    writeAlive(this.sink, factors, channel, role, band, this.choice.lastBands[channel]!, this.notes?.[channel]);
  }

  plane(factors: Parameters<FrameCoder['alive']>[0], channel: number, role: number, k: number): void {
    writePlane(this.sink, factors, channel, role, k, this.choice.levels[channel]!, this.notes?.[channel]);
  }
}
