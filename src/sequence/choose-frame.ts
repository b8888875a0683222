import { CostMeter } from '../encode/levels/costs.js';
import { firstLevels, lastBands, optimiseChannel } from '../encode/levels/quantise.js';
import { emptyNotes, markBold } from '../planes/notes.js';
import { roleOf } from '../planes/schedule.js';
import { codeFrame } from './code-frame.js';
import { CLEARED, FLAT, KEPT } from './frame.js';
import type { SequenceStates } from './frame-reader.js';
import { type ChosenFrame, FrameWriter } from './frame-writer.js';
import type { Memory } from './memory.js';

/** The worth of a bit in squared steps. That of pictures is 0.08, but an error in a frame is often corrected by the next. */
const FRAME_LAMBDA = 0.14;

/** Prices at what the coder has learnt so far, without learning. */
class FrozenMeter extends CostMeter {
  override bit(context: number, bit: number): void {
    this.bits += this.cost(context, bit);
  }
}

/**
 * Chooses a frame: first the source of each block, by the estimated cost of its errors and levels, then the levels with the least squared
 * error + lambda x bits, at the prices that `states` has learnt. `wanted` are the frame's coefficients less its low-rank part, `lowRank`
 * those of the low-rank part, in units of 1 / 255 of the peak.
 */
export function chooseFrame(
  memory: Memory,
  wanted: Float32Array[],
  lowRank: Float32Array[],
  step: number,
  states: SequenceStates,
  passes: number,
): ChosenFrame {
  const blocks = memory.grid.cols * memory.grid.rows;
  const sources = chooseSources(memory, wanted, lowRank, step);
  const residuals = wanted.map((x, c) => residualOf(x, memory.left[c]!, lowRank[c]!, sources, step));
  const levels = residuals.map(u => firstLevels(u));
  const frame: ChosenFrame = {
    coded: new Uint8Array(blocks),
    sources,
    levels,
    lastBands: levels.map(of => lastBands(of, blocks)),
  };
  markCoded(frame);
  for (let pass = 0; pass < passes; pass++) {
    const meter = new FrozenMeter(states.planes);
    const notes = residuals.map(x => {
      const of = emptyNotes(blocks, 64);
      markBold(of, x, 64);
      return of;
    });
    codeFrame(
      new FrameWriter(meter, () => {}, frame, notes),
      memory,
      { ...frame, sources: sources.slice() },
      false,
    );
    levels.forEach((of, c) => {
      const channel = { levels: of, lastBand: frame.lastBands[c]! };
      optimiseChannel(channel, residuals[c]!, notes[c]!, meter, roleOf(c, levels.length), 64, FRAME_LAMBDA);
      for (let at = 0; at < of.length; at += 64) of[at] = bestPlane0(residuals[c]![at]!);
    });
    markCoded(frame);
  }
  return frame;
}

/** Cost of KEPT, CLEARED and FLAT in bits, beside errors and levels. */
const SOURCE_BITS = [0, 2, 3];

function chooseSources(
  { grid, left }: Memory,
  wanted: Float32Array[],
  lowRank: Float32Array[],
  step: number,
): Uint8Array {
  const sources = new Uint8Array(grid.cols * grid.rows);
  const costs = new Float64Array(3);
  return sources.map((_, b) => {
    for (const source of [KEPT, CLEARED, FLAT]) costs[source] = FRAME_LAMBDA * SOURCE_BITS[source]!;
    wanted.forEach((x, c) => {
      const kept = left[c]!;
      const low = lowRank[c]!;
      for (let k = 0, i = b * 64; k < 64; k++, i++) {
        const w = x[i]!;
        const change = levelCost((w - kept[i]!) / step);
        costs[KEPT]! += change;
        costs[CLEARED]! += levelCost(w / step);
        costs[FLAT]! += k ? levelCost((w + low[i]!) / step) : change;
      }
    });
    return costs[CLEARED]! < costs[KEPT]!
      ? costs[FLAT]! < costs[CLEARED]!
        ? FLAT
        : CLEARED
      : costs[FLAT]! < costs[KEPT]!
        ? FLAT
        : KEPT;
  });
}

/** Estimated cost of a coefficient of x steps, in squared steps: left at zero, or coded. */
const levelCost = (x: number): number => {
  const energy = x * x;
  return energy < 0.5 ? energy : Math.min(energy, FRAME_LAMBDA * (5 + 2 * Math.log2(1 + Math.abs(x))) + 0.08);
};

/** What the levels must represent, in steps. */
function residualOf(
  wanted: Float32Array,
  left: Float32Array,
  lowRank: Float32Array,
  sources: Uint8Array,
  step: number,
): Float32Array {
  return wanted.map((w, i) => {
    const source = sources[i >> 6];
    const expected = source === CLEARED ? 0 : source === KEPT || !(i & 63) ? left[i]! : -lowRank[i]!;
    return (w - expected) / step;
  });
}

/** The level of plane 0 for x steps, at fixed prices. */
function bestPlane0(x: number): number {
  const size = Math.abs(x);
  const q = Math.floor(size + 0.5);
  let best = size * size;
  let pick = 0;
  for (let m = Math.max(1, q - 1); m <= q; m++) {
    const cost = (size - m) ** 2 + FRAME_LAMBDA * (3 + 2 * Math.log2(m));
    if (cost < best) [best, pick] = [cost, m];
  }
  return x < 0 ? -pick : pick;
}

/** Marks the blocks that must be coded. */
function markCoded({ coded, sources, levels, lastBands: bands }: ChosenFrame): void {
  for (let b = 0; b < coded.length; b++)
    coded[b] = sources[b] !== KEPT || levels.some((of, c) => of[b * 64] !== 0 || bands[c]![b]! > 0) ? 1 : 0;
}
