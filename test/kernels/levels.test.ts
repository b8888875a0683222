import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { CostMeter } from '../../dist/encode/levels/costs.js';
import type { Desk } from '../../dist/encode/levels/desk.js';
import { externalities } from '../../dist/encode/levels/externalities.js';
import { inSteps as plainInSteps } from '../../dist/encode/levels/in-steps.js';
import {
  emptyDesk,
  inSteps,
  markBold,
  optimiseChannel,
  startChannel,
} from '../../dist/encode/levels/kernels.js';
import {
  optimiseChannel as plainOptimiseChannel,
  startChannel as plainStartChannel,
} from '../../dist/encode/levels/quantise.js';
import { deskIn } from '../../dist/kernels/desk-places.js';
import { enableKernels } from '../../dist/kernels/enable-kernels.js';
import { placedAt } from '../../dist/kernels/placed-factors.js';
import { clearFactors } from '../../dist/planes/clear-factors.js';
import { markBold as plainMarkBold } from '../../dist/planes/notes.js';
import { BANDS8 } from '../../dist/planes/order.js';
import { plainOrder, roleOf, stepsOf } from '../../dist/planes/schedule.js';
import { planeStates } from '../../dist/planes/states.js';
import { writeFactors } from '../../dist/planes/write-factors.js';
import { emptyRuns, type Runs } from '../../dist/runs/runs.js';
import { both, generator, machine, type Random, shapeOf } from './at-random.js';

const ROUNDS = 150;

afterAll(() => enableKernels(undefined));

/** Coefficients of blocks of 64, in steps: most of them small, later ones smaller, some huge. */
const coefficientsOf = (random: Random, blocks: number): Float32Array => {
  const busy = 1 + random(64);
  return Float32Array.from({ length: blocks * 64 }, (_, at) => {
    if (at % 64 > busy && random(9)) return (random(100) - 50) / 120;
    const reach = random(30) ? 3 : random(9) ? 60 : 600_000;
    return ((random(20_001) - 10_000) / 10_000) * reach;
  });
};

/** Runs of 2, 4 and 8 blocks along rows, and of 2 along columns. */
function runsOf(random: Random, cols: number, rows: number): Runs {
  const stride = cols + 4;
  const runs = emptyRuns(stride * (rows + 4));
  const l = 1 + random(3);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x + (1 << l) <= cols; x += 1 << l)
      if (!random(3)) for (let n = 0; n < 1 << l; n++) runs[1][(y + 2) * stride + x + 2 + n] = n ? l + 8 : l;
  for (let y = 0; y + 2 <= rows; y += 2)
    for (let x = 0; x < cols; x++)
      if (!random(4)) for (let n = 0; n < 2; n++) runs[0][(y + 2 + n) * stride + x + 2] = n ? 9 : 1;
  return runs;
}

function digest(...of: ArrayBufferView[]): string {
  const hash = createHash('sha1');
  for (const { buffer, byteOffset, byteLength } of of)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}

/** The results of passes over a picture's random coefficients on a desk: everything that they leave there. */
function passes(seed: number): { made: object[]; levels: number; large: number; inRoom: boolean } {
  const random = generator(seed);
  const shape = shapeOf(random, 40);
  const { rank, channels: count } = shape;
  const desk: Desk = emptyDesk(shape);
  const { factors } = desk;
  const { cols, rows, positions } = factors.channels[0]!;
  const wanted = factors.channels.map(() => coefficientsOf(random, positions.length));
  const runs = shape.compact || random(2) ? undefined : runsOf(random, cols, rows);
  const roles = wanted.map((_, c) => roleOf(c, count));
  const picture = {
    channels: desk.channels.map(({ levels, lastBand }, c) => {
      levels.set(wanted[c]!.map(x => Math.max(-262_143, Math.min(262_143, Math.round(x)))));
      lastBand.forEach((_, b) => {
        lastBand[b] = random(7);
      });
      return { levels, lastBand, runs };
    }),
    thumbs: factors.thumbs.map(of =>
      Int32Array.from({ length: of.positions.length * 16 }, () => random(9) - 4),
    ),
  };
  for (const [c, { notes, target }] of desk.channels.entries()) {
    target.set(wanted[c]!);
    markBold(notes, wanted[c]!, 64);
  }
  const began = desk.channels.map(({ levels, lastBand, notes }, c) => {
    const before = [levels.slice(), lastBand.slice()] as const;
    startChannel(wanted[c]!, { levels, lastBand });
    const of = [digest(levels), digest(lastBand), digest(notes.bold)];
    levels.set(before[0]);
    lastBand.set(before[1]);
    return of;
  });
  const steps = stepsOf(count, plainOrder(count, rank), rank, false);
  const bases = wanted.map(() => undefined);
  const lambda = 0.02 + random(100) / 500;
  const made: object[] = [];
  let large = 0;
  for (let pass = 0; pass < 2; pass++) {
    const meter = new CostMeter(planeStates());
    clearFactors(factors);
    const notes = { channels: desk.channels.map(({ notes }) => notes), thumbs: desk.thumbs };
    writeFactors(meter, shape, steps, picture, bases, notes, undefined, factors);
    const externals = externalities(
      { factors: factors.channels, roles, levels: picture.channels, notes: notes.channels, meter, rank },
      desk.channels.map(({ gradient }) => gradient),
      desk.sums,
    );
    const fine = shape.weights?.texture
      ? {
          ...{ ratios: desk.ratios, luma: factors.channels[0]!, levels: picture.channels[0]!.levels },
          ...{ weights: shape.weights, step: shape.step },
        }
      : undefined;
    for (const [c, { notes, target }] of desk.channels.entries())
      optimiseChannel(picture.channels[c]!, target, notes, meter, roles[c]!, rank, lambda, {
        externals: random(3) ? externals[c] : undefined,
        own: factors.channels[c]!,
        fine: c < 3 && count !== 2 ? fine : c === 0 ? fine : undefined,
        errors: random(2) ? BANDS8.map(() => (4 + random(40)) / 8) : undefined,
      });
    made.push({
      began,
      // From the desk to itself, and from elsewhere to an array of its own.
      steps: factors.channels.map((of, c) => {
        const apart = inSteps(wanted[c]!, of, 0.37);
        const there = inSteps(desk.channels[c]!.target, of, 0.37, desk.channels[c]!.target);
        return [digest(apart), digest(there)];
      }),
      bits: meter.bits,
      gradients: desk.channels.map(({ gradient }) => digest(gradient)),
      levels: desk.channels.map(({ levels }) => digest(levels)),
      bands: desk.channels.map(({ lastBand }) => digest(lastBand)),
      ratios: digest(desk.ratios),
    });
    for (const { levels } of desk.channels) large += levels.filter(level => level > 24).length;
  }
  const levels = desk.channels.reduce((sum, of) => sum + of.levels.filter(level => level !== 0).length, 0);
  const inRoom = deskIn(placedAt(factors.channels[0]!)?.room) !== undefined;
  return { made, levels, large, inRoom };
}

describe('The kernels of the quantiser', () => {
  it('choose the same levels, and find the same externalities, as the JavaScript on random coefficients', () => {
    let levels = 0;
    let large = 0;
    for (let seed = 0; seed < ROUNDS; seed++) {
      const [one, other] = both(() => passes(seed));
      expect(one.inRoom).toBe(true);
      expect(other.inRoom).toBe(false);
      expect(one.made).toEqual(other.made);
      levels += one.levels;
      large += one.large;
    }
    // Some of them have a price that is a logarithm as well.
    expect(levels).toBeGreaterThan(20_000);
    expect(large).toBeGreaterThan(1000);
  });

  it('leave arrays outside their memory to the JavaScript', () => {
    enableKernels(machine, 0);
    expect(optimiseChannel).not.toBe(plainOptimiseChannel);
    expect([inSteps, startChannel, markBold]).not.toContain(plainInSteps);
    expect([inSteps, startChannel, markBold]).not.toContain(plainStartChannel);
    expect([inSteps, startChannel, markBold]).not.toContain(plainMarkBold);
    const shape = { width: 64, height: 64, channels: 1, step: 900 };
    const desk = emptyDesk(shape);
    const [channel] = desk.channels;
    const of = desk.factors.channels[0]!;
    const meter = new CostMeter(planeStates());
    const target = coefficientsOf(generator(1), of.positions.length);
    const chosen = [desk.channels[0]!.levels, desk.channels[0]!.levels.slice()].map(levels => {
      const lastBand = channel!.lastBand.fill(6).slice();
      optimiseChannel({ levels, lastBand }, target, channel!.notes, meter, 0, 64, 0.08, { own: of });
      return digest(levels, lastBand);
    });
    expect(chosen[0]).toBe(chosen[1]);
    expect(desk.channels[0]!.levels.some(level => level !== 0)).toBe(true);
  });
});
