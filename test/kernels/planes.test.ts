import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { AdaptiveBits } from '../../dist/bits/adaptive.js';
import { RangeDecoder } from '../../dist/bits/range-decoder.js';
import { FileSink } from '../../dist/encode/file-sink.js';
import { CostMeter } from '../../dist/encode/levels/costs.js';
import type { Desk } from '../../dist/encode/levels/desk.js';
import { emptyDesk } from '../../dist/encode/levels/kernels.js';
import { BlockMeter } from '../../dist/encode/runs/affordable-runs.js';
import type { Basis } from '../../dist/factors/rotation.js';
import { enableKernels } from '../../dist/kernels/enable-kernels.js';
import { placedAt } from '../../dist/kernels/placed-factors.js';
import { type Grid, gridOf } from '../../dist/matrices/blocks.js';
import { clearFactors } from '../../dist/planes/clear-factors.js';
import type { Factor } from '../../dist/planes/factor.js';
import type { Factors, Shape, Window } from '../../dist/planes/factors.js';
import { emptyFactors, recompose } from '../../dist/planes/kernels.js';
import { emptyNotes, markBold, type Notes } from '../../dist/planes/notes.js';
import { factorReader, readStep, settledFactors } from '../../dist/planes/read-factors.js';
import { recompose as plainRecompose } from '../../dist/planes/recompose.js';
import { plainOrder, type Step, stepsOf } from '../../dist/planes/schedule.js';
import { planeStates } from '../../dist/planes/states.js';
import type { BitSink } from '../../dist/planes/write.js';
import {
  type ChannelLevels,
  type PictureLevels,
  type PictureNotes,
  writeFactors,
} from '../../dist/planes/write-factors.js';
import { emptyRuns } from '../../dist/runs/runs.js';
import { both, generator, machine, type Random, shapeOf } from './at-random.js';

const ROUNDS = 300;

type Win = { window: Window; parts: number };

afterAll(() => enableKernels(undefined));

/** Predictors for some planes, none for others. */
function basesOf(random: Random, { channels }: Shape): (Basis | undefined)[] {
  return Array.from({ length: channels }, () =>
    random(3)
      ? undefined
      : {
          precision: 0,
          rotations: [],
          predictors: Array.from({ length: 64 }, () =>
            random(2)
              ? undefined
              : {
                  trust: random(64),
                  terms: Array.from({ length: 1 + random(random(9) ? 6 : 63) }, () => ({
                    back: random(channels),
                    plane: random(64),
                    lag: random(16),
                    weight: random(64) - 32,
                  })),
                },
          ),
        },
  );
}

const stateOf = ({ state }: AdaptiveBits): string => digest(state);

/** A hash: equal for equal numbers, and quick to compare. */
function digest(...of: ArrayBufferView[]): string {
  const hash = createHash('sha1');
  for (const { buffer, byteOffset, byteLength } of of)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}

/** Everything of a factor that is ever read. */
const contentsOf = (of: Factor): object => ({
  values: digest(of.values),
  magnitudes: digest(of.magnitudes),
  activity: digest(of.activity),
  alive: digest(of.alive),
  ends: digest(of.ends),
  living: digest(...of.living.map(blocks => Int32Array.from(blocks))),
  runs: digest(...of.runs),
  sums: digest(...of.regressions.flatMap(({ squares, products }) => [squares, products])),
});
const allOf = ({ channels, thumbs }: Factors): object[] => [...channels, ...thumbs].map(contentsOf);

const stepsFor = ({ channels, rank }: { channels: number; rank: number }): Step[] =>
  stepsOf(channels, plainOrder(channels, rank), rank, false);

describe('The kernels of planes', () => {
  it('put factors into a room, one picture in each', () => {
    enableKernels(machine, 0);
    expect(recompose).not.toBe(plainRecompose);
    const shape = { width: 40, height: 40, channels: 3, step: 9 };
    const rooms = [emptyFactors(shape), emptyFactors(shape)].map(
      ({ channels, thumbs }) => new Set([...channels, ...thumbs].map(of => placedAt(of)?.room)),
    );
    expect(rooms.map(({ size }) => size)).toEqual([1, 1]);
    expect([...rooms[0]!][0]).not.toBe([...rooms[1]!][0]);
    enableKernels(undefined);
    expect(placedAt(emptyFactors(shape).channels[0]!)).toBeUndefined();
  });

  it('read the same as the JavaScript from random streams, with parts and windows, and fail at the same bytes', () => {
    const random = generator(11);
    const fates = new Map<string, number>();
    const pools = [256, 200, 64, 3].map(most => Uint8Array.from({ length: 40_000 }, () => random(most)));
    for (let round = 0; round < ROUNDS; round++) {
      const shape = shapeOf(random, 24);
      const bases = basesOf(random, shape);
      const grid = gridOf(shape.width, shape.height, 8);
      const part = random(3) ? undefined : 1 + random(3);
      const narrow = part && random(2);
      /** The first column of parts of a grid, or all of it, and the number of its parts. */
      const windowOf = ({ cols, rows }: Omit<Grid, 'block'>) => {
        const window: Window = { left: 0, top: 0, cols: narrow ? Math.min(cols, 1 << part) : cols, rows };
        const along = (blocks: number): number => (part ? ((blocks - 1) >> part) + 1 : 1);
        const count = along(window.cols) * along(rows);
        return { window, parts: count > 1 ? count : 0 };
      };
      const [channels, levels] = [grid, gridOf(grid.cols, grid.rows, 4)].map(windowOf) as [Win, Win];
      const windows = narrow ? { window: channels.window, level: levels.window } : undefined;
      const pool = pools[random(pools.length)]!;
      const reach = random(2) ? 20_000 : 16;
      const streams = Array.from({ length: 1 + levels.parts + channels.parts }, () => {
        const from = random(pool.length);
        return pool.subarray(from, from + random(reach));
      });
      const [one, other] = both(() => {
        const coders = streams.map(bytes => new RangeDecoder(bytes, 0));
        const of = factorReader(
          coders[0]!,
          { ...shape, part },
          coders.slice(1, 1 + levels.parts),
          coders.slice(1 + levels.parts),
          windows,
        );
        let fate = 'read';
        try {
          for (const step of stepsFor(shape)) readStep(of, { ...shape, part }, step, bases);
        } catch (error) {
          const { code, offset } = error as { code: string; offset: number };
          return { fate: `${code} ${offset}`, factors: [] };
        }
        fate += coders.map(({ position, range, word }) => [position, range, word]);
        const states = [of, ...of.levels, ...of.parts].map(({ states }) => stateOf(states));
        const factors = settledFactors(of, shape);
        const shown = factors.channels.map(channel =>
          ([4, 8] as const).map(side => digest(recompose(channel, 0.3, shape.rank, undefined, side).data)),
        );
        return { fate, factors: allOf(factors), states, shown };
      });
      expect(one).toEqual(other);
      const kind = one.fate.slice(0, 4);
      fates.set(kind, (fates.get(kind) ?? 0) + 1);
    }
    expect(fates.get('read')).toBeGreaterThan(20);
    expect(fates.get('CORR')).toBeGreaterThan(10);
  });

  it('count, note and write the same as the JavaScript, for random levels', () => {
    const random = generator(5);
    for (let round = 0; round < ROUNDS; round++) {
      const shape = shapeOf(random, 24);
      const bases = basesOf(random, shape);
      const { picture, notes } = levelsOf(random, shape);
      const steps = stepsFor(shape);
      const kind = random(3);
      const onDesk = random(2);
      const [one, other] = both(() => {
        const desk = onDesk ? emptyDesk(shape) : undefined;
        const noted = kind ? undefined : desk ? putNotes(desk, notes) : copyOf(notes);
        const factors = desk?.factors ?? emptyFactors(shape);
        const written = desk && round % 4 ? putLevels(desk, picture) : picture;
        const costs = factors.channels.map(({ positions }) => new Float64Array(positions.length));
        const sink: FileSink | CostMeter =
          kind === 2
            ? new FileSink()
            : kind && round % 2
              ? new BlockMeter(factors.channels, costs, 0.08)
              : new CostMeter(planeStates());
        const bits: unknown[] = [];
        const write = (to: BitSink): unknown =>
          writeFactors(
            to,
            shape,
            steps,
            written,
            bases,
            noted,
            () => bits.push((to as CostMeter).bits),
            factors,
          );
        write(sink);
        if (sink instanceof BlockMeter) sink.flush();
        const first = allOf(factors);
        // Factors that are used again.
        clearFactors(factors);
        write(new CostMeter(planeStates()));
        const states = stateOf(sink.states);
        const bytes = sink instanceof FileSink ? digest(sink.coder.finish()) : undefined;
        const noticed =
          noted && [...noted.channels, ...noted.thumbs].flatMap(of => [of.coefficients, of.alive]);
        return {
          notes: digest(...(noticed ?? [])),
          costs: digest(...costs),
          bits: sink.constructor === CostMeter ? bits : [],
          states,
          bytes,
          first,
          second: allOf(factors),
        };
      });
      expect(one).toEqual(other);
    }
  });
});

/** Levels, most of them zero or small and some huge, and the wanted values for them. */
function levelsOf(
  random: Random,
  { width, height, channels }: Shape,
): { picture: PictureLevels; notes: PictureNotes } {
  const grid = gridOf(width, height, 8);
  const blocks = grid.cols * grid.rows;
  const thumb = gridOf(grid.cols, grid.rows, 4);
  const small = 1 + random(6);
  const level = (): number =>
    random(small) ? 0 : random(40) ? random(5) - 2 : random(9) ? random(60) - 30 : random(2 ** 19) - 2 ** 18;
  const levels = (length: number): Int32Array => Int32Array.from({ length }, level);
  const runs = emptyRuns((grid.cols + 4) * (grid.rows + 4));
  const picture = {
    channels: Array.from({ length: channels }, () => ({
      levels: levels(blocks * 64),
      lastBand: Uint8Array.from({ length: blocks }, () => random(7)),
      runs,
    })),
    thumbs: Array.from({ length: channels }, () => levels(thumb.cols * thumb.rows * 16)),
  };
  // Runs along rows of blocks.
  for (let y = 0; y < grid.rows; y++)
    for (let x = 0; x + 4 <= grid.cols; x += 4)
      if (!random(3)) {
        const at = (y + 2) * (grid.cols + 4) + x + 2;
        runs[1].set([2, 10, 10, 10], at);
      }
  const notesOf = (of: Int32Array, size: 16 | 64) => {
    const notes = emptyNotes(of.length / size, size);
    const wanted = Float32Array.from(of, level => level + random(100) / 100 - 0.5);
    markBold(notes, wanted, size);
    return notes;
  };
  const notes = {
    channels: picture.channels.map(({ levels }) => notesOf(levels, 64)),
    thumbs: picture.thumbs.map(of => notesOf(of, 16)),
  };
  return { picture, notes };
}

/** The same on a desk. */
function putNotes(desk: Desk, { channels, thumbs }: PictureNotes): PictureNotes {
  const put = (to: Notes, { bold }: Notes): Notes => {
    to.bold.set(bold);
    return to;
  };
  return {
    channels: channels.map((of, c) => put(desk.channels[c]!.notes, of)),
    thumbs: thumbs.map((of, c) => put(desk.thumbs[c]!, of)),
  };
}

function putLevels(desk: Desk, { channels, thumbs }: PictureLevels): PictureLevels {
  const put = (of: ChannelLevels, c: number): ChannelLevels => {
    const { levels, lastBand } = desk.channels[c]!;
    levels.set(of.levels);
    lastBand.set(of.lastBand);
    return { ...of, levels, lastBand };
  };
  return { channels: channels.map(put), thumbs };
}

const copyOf = ({ channels, thumbs }: PictureNotes): PictureNotes => ({
  channels: channels.map(of => ({ ...of, coefficients: of.coefficients.slice(), alive: of.alive.slice() })),
  thumbs: thumbs.map(of => ({ ...of, coefficients: of.coefficients.slice() })),
});

describe('A room', () => {
  it('has space for a whole desk, and for the prices', () => {
    enableKernels(machine, 0);
    for (let width = 900; width < 1412; width += 64) {
      const { factors, channels, thumbs, sums, ratios } = emptyDesk({
        ...{ width, height: 1000, channels: 4, step: 0 },
      });
      const { room } = placedAt(factors.channels[0]!)!;
      for (const of of [sums, ...channels, ...channels.map(({ notes }) => notes), ...thumbs, { ratios }])
        for (const [name, array] of Object.entries(of))
          if (ArrayBuffer.isView(array)) expect(room.holds(array), name).toBe(true);
      room.price();
    }
  });

  it('has space for all that a large picture needs, and for the prices of its encoder', () => {
    enableKernels(machine, 0);
    for (let width = 900; width < 1412; width += 64) {
      const { channels, thumbs } = emptyFactors({ width, height: 1000, channels: 4, step: 0 });
      for (const of of [...channels, ...thumbs]) expect(placedAt(of), `${width} x 1000`).toBeDefined();
      placedAt(channels[0]!)!.room.price();
    }
  });
});
