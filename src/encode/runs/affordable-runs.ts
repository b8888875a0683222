import type { Factor } from '../../planes/factor.js';
import type { Factors } from '../../planes/factors.js';
import { planeStates } from '../../planes/states.js';
import type { Levels } from '../../planes/write.js';
import type { PictureLevels } from '../../planes/write-factors.js';
import { classOf, type Runs } from '../../runs/runs.js';
import { CostMeter } from '../levels/costs.js';

/**
 * Keeps those of the chosen runs of each channel that cost less than their blocks without them, at the prices of the real coder. `apart`
 * and `joined` are the squared error + lambda bits of each block, by channel, without any runs and with all of them. Channels that share
 * their runs are judged together.
 */
export function affordableRuns(
  runsByChannel: readonly Runs[],
  apart: readonly Float64Array[],
  joined: readonly Float64Array[],
  { positions, stride, cols }: Factor,
): Runs[] {
  const done = new Map<Runs, Runs>();
  for (const runs of new Set(runsByChannel)) {
    const kept = runs.map(marks => marks.slice()) as Runs;
    const channels = runsByChannel.flatMap((channelRuns, c) => (channelRuns === runs ? [c] : []));
    for (let direction = 0; direction < 2; direction++)
      for (let b = 0; b < positions.length; b++) {
        const l = runs[direction]![positions[b]!]!;
        if (classOf(l) !== 1) continue;
        let gain = 0;
        for (let n = 0, at = b; n < 1 << l; n++, at += direction ? 1 : cols)
          for (const c of channels) gain += apart[c]![at]! - joined[c]![at]!;
        if (gain < 0)
          for (let n = 0; n < 1 << l; n++) kept[direction]![positions[b]! + n * (direction ? 1 : stride)] = 0;
      }
    done.set(runs, kept);
  }
  return runsByChannel.map(runs => done.get(runs)!);
}

/**
 * Squared error + lambda bits of each block, by channel, in squared steps, when `write` writes these levels into a meter. `wanted` are the
 * coefficients of the channels in steps. Bits of plane 0's level are left out.
 */
export function costsOfBlocks(
  wanted: readonly Float32Array[],
  { channels }: PictureLevels,
  factors: Factors,
  lambda: number,
  write: (meter: CostMeter) => void,
): Float64Array[] {
  const costs = channels.map(({ levels }, c) => errorsOf(wanted[c]!, levels));
  const meter = new BlockMeter(factors.channels, costs, lambda);
  write(meter);
  meter.flush();
  return costs;
}

/** Squared error of each block without its plane 0. */
function errorsOf(u: Float32Array, levels: Levels): Float64Array {
  const errors = new Float64Array(u.length / 64);
  for (let b = 0, at = 0; b < errors.length; b++) {
    let sum = 0;
    for (const end = ++at + 63; at < end; at++) {
      const d = u[at]! - levels[at]!;
      sum += d * d;
    }
    errors[b] = sum;
  }
  return errors;
}

/** A meter that assigns bits to the block of a channel that they belong to. */
export class BlockMeter extends CostMeter {
  private to: Float64Array | undefined;
  private block = 0;

  constructor(
    readonly channels: readonly Factor[],
    readonly costs: readonly Float64Array[],
    readonly lambda: number,
  ) {
    super(planeStates());
  }

  at(factor: Factor, _k: number, b: number): void {
    this.flush();
    this.to = this.costs[this.channels.indexOf(factor)];
    this.block = b;
  }

  /** Adds the bits counted since the last block was named to that block. */
  flush(): void {
    if (this.to) this.to[this.block]! += this.lambda * this.bits;
    this.bits = 0;
  }
}
