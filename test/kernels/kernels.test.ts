import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { colourBasis } from '../../dist/colour/basis.js';
import { fromChannels, toChannels } from '../../dist/colour/channels.js';
import { sumsOfDifferences } from '../../dist/colour/differences.js';
import { fromChannels as fromChannelsInUse } from '../../dist/colour/kernels.js';
import type { Plane } from '../../dist/core/plane.js';
import { freshPixels } from '../../dist/encode/cells/fresh-pixels.js';
import { mixedErrors } from '../../dist/encode/layers/mixed-errors.js';
import { costsOfRuns } from '../../dist/encode/runs/run-costs.js';
import { decode, encode, isSequence, type Raster } from '../../dist/index.js';
import { cellKernel } from '../../dist/kernels/cell-kernel.js';
import {
  fromChannelsKernel,
  mixedErrorsKernel,
  sumsKernel,
  toChannelsKernel,
} from '../../dist/kernels/colour-kernels.js';
import { enableKernels } from '../../dist/kernels/enable-kernels.js';
import { loadMachine } from '../../dist/kernels/load-machine.js';
import { analysisKernels, synthesiseKernel } from '../../dist/kernels/matrix-kernels.js';
import { restoreKernels } from '../../dist/kernels/restore-kernels.js';
import { runKernel } from '../../dist/kernels/run-kernel.js';
import { statisticsKernel } from '../../dist/kernels/statistics-kernel.js';
import { gridOf, synthesise } from '../../dist/matrices/blocks.js';
import { LAP } from '../../dist/matrices/lap.js';
import { lappedDifference } from '../../dist/matrices/lapped-difference.js';
import { lappedTransform } from '../../dist/matrices/lapped-transform.js';
import { INVERSES } from '../../dist/matrices/lapping.js';
import { synthesiseAll } from '../../dist/matrices/synthesise-all.js';
import { applyFilter } from '../../dist/restore/apply.js';
import { GROUPS, TAPS } from '../../dist/restore/bank.js';
import { chooseFilters } from '../../dist/restore/choose.js';
import { clipsOf } from '../../dist/restore/clips.js';
import { coefficientsOf } from '../../dist/restore/filter.js';
import { toSamples } from '../../dist/restore/samples.js';
import { smooth } from '../../dist/restore/smooth.js';
import { gatherStatistics } from '../../dist/restore/statistics.js';
import { LONGEST } from '../../dist/runs/runs.js';
import { emptyCells } from '../../dist/tiles/cells.js';

const machine = loadMachine()!;
const ROUNDS = 1000;

/** A generator of numbers from 0 to 1, the same on every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Random = ReturnType<typeof generator>;

const whole = (random: Random, below: number): number => Math.floor(random() * below);

/**
 * Planes with sides of whole blocks: smooth in some places, wild in others, with zeros of either sign, halves of a sixteenth, and values
 * beyond all bounds.
 */
function planeOf(random: Random, width: number, height: number): Plane {
  const data = new Float32Array(width * height);
  const reach = [0, 1, 20, 150, 2000][whole(random, 5)]!;
  for (let i = 0; i < data.length; i++) {
    const kind = random();
    data[i] =
      kind < 0.02
        ? (random() - 0.5) * 1e7
        : kind < 0.05
          ? -0
          : kind < 0.1
            ? whole(random, 99) / 32
            : (random() - 0.5) * reach + (i % width) / 9;
  }
  return { width, height, data };
}

const stepOf = (random: Random): number => [1 / 64, 0.7, 3.3, 27, 60, 1022][whole(random, 6)]!;
const samplesOf = (bitDepth: 8 | 16, length: number, sample: (i: number) => number): Raster['data'] =>
  bitDepth === 8
    ? Uint8Array.from({ length }, (_, i) => sample(i))
    : Uint16Array.from({ length }, (_, i) => sample(i));
const copy = (of: Plane): Plane => ({ ...of, data: of.data.slice() });

/** The bits of a result, so that zeros of either sign differ. */
const bits = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

function same(a: ArrayBufferView, b: ArrayBufferView): void {
  if (Buffer.compare(bits(a), bits(b))) expect(a).toEqual(b);
  expect(bits(a).equals(bits(b))).toBe(true);
}

/** Does something with sizes of whole blocks, short and long ones in turn. */
function rounds(check: (random: Random, width: number, height: number) => void): void {
  const random = generator(7);
  for (let round = 0; round < ROUNDS; round++)
    check(random, 8 * (1 + whole(random, round % 50 ? 4 : 40)), 8 * (1 + whole(random, 4)));
}

describe('Kernels give bit-exactly what the JavaScript gives', () => {
  it('are installed', () => {
    expect(machine).toBeDefined();
  });

  const restore = restoreKernels(machine);

  it('toSamples, chooseFilters', () => {
    rounds((random, width, height) => {
      const plane = planeOf(random, width, height);
      const samples = toSamples(plane);
      const others = restore.toSamples(plane);
      expect({ ...others, data: 0 }).toEqual({ ...samples, data: 0 });
      same(others.data, samples.data);
      const coded = Uint8Array.from({ length: (width * height) / 64 }, () => whole(random, 2));
      const step = stepOf(random);
      same(restore.chooseFilters(samples, coded, step), chooseFilters(samples, coded, step));
    });
  });

  it('applyFilter, also with coefficients that no encoder writes', () => {
    rounds((random, width, height) => {
      const samples = toSamples(planeOf(random, width, height));
      const chosen = Uint8Array.from({ length: (width * height) / 64 }, () => whole(random, 3 * GROUPS));
      const most = random() < 0.1 ? 20_000 : 127;
      const coefficients = coefficientsOf(
        Array.from({ length: GROUPS * TAPS }, () => whole(random, most) - (most >> 1)),
      );
      const clips = clipsOf(stepOf(random));
      const [a, b] = [new Float32Array(width * height), new Float32Array(width * height)];
      applyFilter(samples, chosen, coefficients, clips, a);
      restore.applyFilter(samples, chosen, coefficients, clips, b);
      same(b, a);
    });
  });

  it('smooth', () => {
    rounds((random, width, height) => {
      const a = planeOf(random, width, height);
      const b = copy(a);
      const coded = Uint8Array.from({ length: (width * height) / 64 }, () => whole(random, 2));
      const step = stepOf(random);
      smooth(a, coded, step);
      restore.smooth(b, coded, step);
      same(b.data, a.data);
    });
  });

  it('gatherStatistics', () => {
    const other = statisticsKernel(machine);
    rounds((random, width, height) => {
      const samples = toSamples(planeOf(random, width, height));
      const original = planeOf(random, width - whole(random, 8), height - whole(random, 8));
      const chosen = Uint8Array.from({ length: (width * height) / 64 }, () => whole(random, 3 * GROUPS));
      const step = stepOf(random);
      const of = [
        samples,
        original,
        chosen,
        GROUPS,
        clipsOf(step),
        step,
        random() < 0.5 ? 8 : 24_576,
      ] as const;
      const [a, b] = [gatherStatistics(...of), other(...of)];
      expect(b.map(({ pixels }) => pixels)).toEqual(a.map(({ pixels }) => pixels));
      a.forEach((normal, group) => {
        same(b[group]!.a, normal.a);
        same(b[group]!.b, normal.b);
      });
    });
  });

  it('lappedTransform, lappedDifference, synthesiseAll, synthesise', () => {
    const analysis = analysisKernels(machine);
    const otherSynthesise = synthesiseKernel(machine);
    rounds((random, width, height) => {
      const grid = gridOf(width, height, 8);
      const channel = planeOf(random, width - whole(random, 8), height - whole(random, 8));
      const lapping = {
        w: [INVERSES[8], LAP[8]][whole(random, 2)]!,
        scale: Float64Array.from({ length: 64 }, () => random() + 0.5),
      };
      const less = planeOf(random, width, height);
      const wanted = Uint8Array.from({ length: grid.cols * grid.rows }, () => whole(random, 3));
      const x = Float32Array.from({ length: width * height }, () => 9);
      const y = x.slice();
      lappedTransform(channel, grid, lapping, x, wanted);
      analysis.lappedTransform(channel, grid, lapping, y, wanted);
      same(y, x);
      lappedDifference(channel, less, grid, lapping, x, wanted);
      analysis.lappedDifference(channel, less, grid, lapping, y, wanted);
      same(y, x);
      same(analysis.synthesiseAll(x, grid).data, synthesiseAll(x, grid).data);
      const lasts = Array.from({ length: grid.cols * grid.rows }, () =>
        random() < 0.3 ? 0 : whole(random, 64),
      );
      const fill = (block: number, to: Float64Array): number => {
        for (let k = 0; k <= lasts[block]!; k++) to[k] = x[block * 64 + k]!;
        return lasts[block]!;
      };
      same(otherSynthesise(grid, 8, fill).data, synthesise(grid, 8, fill).data);
      same(otherSynthesise(grid, 4, fill).data, synthesise(grid, 4, fill).data);
    });
  });

  it('freshPixels, with few colours and many', () => {
    rounds((random, width, height) => {
      const channels = (1 + whole(random, 4)) as 1 | 2 | 3 | 4;
      const shape = {
        width: width - whole(random, 8),
        height: height - whole(random, 8),
        channels,
        bitDepth: 8,
      } as const;
      const colours = [2, 3, 256][whole(random, 3)]!;
      const data = samplesOf(8, shape.width * shape.height * channels, () => whole(random, colours));
      const cells = emptyCells(shape.width, shape.height);
      const made = freshPixels({ ...shape, data }, cells);
      const other = cellKernel(machine)({ ...shape, data }, cells);
      same(other.fresh, made.fresh);
      same(other.bits, made.bits);
    });
  });

  it('costsOfRuns, for small and large numbers', () => {
    rounds((random, width, height) => {
      const { cols, rows } = gridOf(width, height, 8);
      const us = Array.from({ length: 1 + whole(random, 2) }, () => {
        const reach = [1, 4, 90, 9000][whole(random, 4)]!;
        return Float32Array.from({ length: 64 * cols * rows }, () => (random() - 0.5) * reach * random());
      });
      const direction = whole(random, 2);
      const surveys = Array.from({ length: LONGEST + 1 }, () =>
        Uint8Array.from({ length: cols * rows }, () => whole(random, 3)),
      );
      const costs = costsOfRuns(us, { cols, rows }, direction, surveys);
      for (const [l, of] of runKernel(machine)(us, { cols, rows }, direction, surveys).entries())
        same(of, costs[l]!);
    });
  });

  it('sumsOfDifferences, toChannels, mixedErrors and fromChannels, for odd sizes and all depths', () => {
    rounds((random, width, height) => {
      const planes = Array.from({ length: 4 }, () => planeOf(random, width, height));
      const basis = colourBasis([whole(random, 99) - 49, whole(random, 99) - 49, whole(random, 99) - 49]);
      const channels = random() < 0.5 ? 3 : 4;
      const bitDepth = random() < 0.5 ? 8 : 16;
      const shape = {
        width: width - whole(random, 8),
        height: height - whole(random, 8),
        channels,
        bitDepth,
      } as const;
      const used = planes.slice(0, channels);
      const rgba = random() < 0.5;
      same(fromChannelsKernel(machine)(used, basis, shape, rgba), fromChannels(used, basis, shape, rgba));
      const length = shape.width * shape.height * channels;
      const data = samplesOf(bitDepth, length, () => whole(random, 2 ** bitDepth));
      const raster: Raster = { ...shape, data };
      expect(mixedErrorsKernel(machine)(raster, planes, basis)).toBe(mixedErrors(raster, planes, basis));
      same(sumsKernel(machine)(raster), sumsOfDifferences(raster));
      const made = toChannels(raster, basis);
      toChannelsKernel(machine)(raster, basis).forEach((of, c) => {
        same(of.data, made[c]!.data);
      });
    });
  });
});

describe('Whole files, with kernels and without,', () => {
  afterEach(() => enableKernels(undefined));

  /** The results of work with kernels, and without. */
  function both<T>(work: () => T): [T, T] {
    enableKernels(machine, 0);
    expect(fromChannelsInUse).not.toBe(fromChannels);
    const one = work();
    enableKernels(undefined);
    expect(fromChannelsInUse).toBe(fromChannels);
    return [one, work()];
  }

  it('decode to the same samples: all golden files, whole and truncated', () => {
    const folder = join(import.meta.dirname, '../golden');
    const samples = join(import.meta.dirname, '../../samples');
    const files = [folder, samples].flatMap(of =>
      readdirSync(of)
        .filter(name => name.endsWith('.lrk'))
        .map(name => join(of, name)),
    );
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const bytes = readFileSync(file);
      if (isSequence(bytes)) continue;
      for (const options of [{}, { rank: 3, channels: 'file' }, { scale: 2 }] as const) {
        const [one, other] = both(() => decode(bytes, options));
        same(one.data, other.data);
      }
    }
  });

  it('encode to the same bytes: random rasters of all kinds', () => {
    const random = generator(3);
    for (let round = 0; round < 24; round++) {
      const [width, height] = [1 + whole(random, 40), 1 + whole(random, 40)];
      const channels = (1 + (round % 4)) as Raster['channels'];
      const bitDepth = round % 8 < 4 ? 8 : 16;
      const slope = random() * 6;
      const unit = bitDepth === 8 ? 1 : 256;
      const data = samplesOf(
        bitDepth,
        width * height * channels,
        i => unit * (((i / channels) % width) * slope + 30 * random() + 20 * (i % channels)),
      );
      const quality = 20 + whole(random, 80);
      const [one, other] = both(() => encode({ width, height, channels, bitDepth, data }, { quality }));
      same(one, other);
    }
  });

  it('encode a large picture with runs to the same bytes, and decode a region of it to the same samples', () => {
    const random = generator(5);
    const [width, height] = [1928, 1097];
    // An edge along columns and one along rows, which become runs, on a slope with noise.
    const data = samplesOf(8, width * height * 3, i => {
      const x = Math.floor(i / 3) % width;
      const y = Math.floor(i / 3 / width);
      const edges = ((x >> 6) & 1) * 60 + ((y >> 7) & 1) * 40;
      return Math.min(255, edges + ((x + y) / 16) * (0.5 + (i % 3) / 6) + 6 * random());
    });
    const raster: Raster = { width, height, channels: 3, bitDepth: 8, data };
    const [one, other] = both(() => encode(raster, { quality: 60, effort: 2, partSize: 512 }));
    same(one, other);
    const [shown, plain] = both(() => decode(one, { region: { x: 700, y: 300, width: 600, height: 500 } }));
    same(shown.data, plain.data);
  });
});
