import { decode, type EncodeOptions, encode, inspect, psnr, type Raster } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import { FileSink } from '../../../src/encode/file-sink.js';
import { emptyFactor, type Factor } from '../../../src/planes/factor.js';
import { ORDER8 } from '../../../src/planes/order.js';
import { readRuns } from '../../../src/planes/read.js';
import { recompose } from '../../../src/planes/recompose.js';
import { planeStates } from '../../../src/planes/states.js';
import { writeRuns } from '../../../src/planes/write.js';
import { DCT } from '../../../src/runs/cosines.js';
import { fold } from '../../../src/runs/fold.js';
import { classOf, directionOf, emptyRuns, LONGEST, type Runs } from '../../../src/runs/runs.js';
import { unfold } from '../../../src/runs/unfold.js';
import { dissect } from '../../../src/spectra/dissect.js';
import type { BlockDissection } from '../../../src/spectra/dissection.js';

/** A generator of numbers from 0 to below n. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const GRIDS = [
  { block: 8, cols: 37, rows: 70 },
  { block: 8, cols: 1, rows: 33 },
  { block: 8, cols: 5, rows: 2 },
  { block: 8, cols: 64, rows: 3 },
] as const;

/** Runs of all lengths that fit, at random places. */
function someRuns({ cols, rows, stride, places, positions }: Factor, next: (n: number) => number): Runs {
  const runs = emptyRuns(places);
  for (let direction = 0; direction < 2; direction++) {
    const hop = direction ? 1 : stride;
    const [lines, blocks] = direction ? [rows, cols] : [cols, rows];
    for (let line = 0; line < lines; line++)
      for (let at = 0; at < blocks; ) {
        let l = next(LONGEST + 1);
        while (at % (1 << l) || at + (1 << l) > blocks) l--;
        const i = positions[0]! + line * (direction ? stride : 1) + at * hop;
        if (l) for (let n = 0; n < 1 << l; n++) runs[direction]![i + n * hop] = n ? l + 8 : l;
        at += 1 << l;
      }
  }
  return runs;
}

describe('The DCT along a run', () => {
  it('uses the cosines to the last few bits', () => {
    DCT.forEach((dct, l) => {
      const n = 1 << l;
      for (let f = 0; f < n; f++)
        for (let j = 0; j < n; j++)
          expect(dct[f * n + j]).toBeCloseTo(
            Math.sqrt((f ? 2 : 1) / n) * Math.cos(((2 * j + 1) * f * Math.PI) / (2 * n)),
            12,
          );
    });
  });

  it.each(GRIDS)('is undone for folded weights and leaves all others alone, $cols x $rows blocks', grid => {
    const next = numbers(grid.cols);
    const of = emptyFactor(grid);
    of.runs = someRuns(of, next);
    const u = Float32Array.from({ length: of.positions.length * 64 }, () => next(2001) - 1000);
    const folded = u.slice();
    fold(folded, grid.cols, of.positions, of.runs);
    let energy = 0;
    let before = 0;
    for (let i = 0; i < u.length; i++) {
      energy += folded[i]! ** 2;
      before += u[i]! ** 2;
    }
    expect(energy / before).toBeCloseTo(1, 5);
    // Whole values come back from the folded ones, up to rounding.
    const planes = Uint8Array.from({ length: 63 }, (_, k) => k + 1);
    of.positions.forEach((i, b) => {
      for (let k = 0; k < 64; k++) of.values[k * of.places + i] = Math.round(folded[b * 64 + k]! * 1000);
    });
    let most = 0;
    let changed = 0;
    of.positions.forEach((i, b) => {
      for (const k of planes) {
        const inRun = of.runs[directionOf(k >> 3, k & 7)]![i]!;
        if (inRun) most = Math.max(most, Math.abs(unfold(of, i, k) / 1000 - u[b * 64 + k]!));
        else if (folded[b * 64 + k] !== u[b * 64 + k]) changed++;
      }
    });
    expect(most).toBeLessThan(0.01);
    expect(changed).toBe(0);
  });

  it('leaves out planes that are not asked for', () => {
    const of = emptyFactor(GRIDS[0]);
    const next = numbers(3);
    of.runs = someRuns(of, next);
    of.plane0 = new Float64Array(of.places);
    of.ends.fill(64);
    for (const i of of.positions) for (let k = 1; k < 64; k++) of.values[k * of.places + i] = next(9) - 4;
    for (const rank of [1, 2, 6, 20]) {
      const values = of.values.slice();
      for (const k of ORDER8.subarray(rank)) values.fill(0, k * of.places, (k + 1) * of.places);
      const asked = recompose(of, 1, rank).data;
      expect(asked).toEqual(recompose({ ...of, values }, 1, 64).data);
      expect(asked.some(sample => sample)).toBe(rank > 1);
    }
  });
});

describe('The map of runs', () => {
  it.each(GRIDS)('is read as it was written, for alive blocks, $cols x $rows blocks', grid => {
    for (const role of [0, 1, 2]) {
      const next = numbers(100 * grid.rows + role);
      const make = () => [emptyFactor(grid), emptyFactor(grid), emptyFactor(grid)];
      const [written, read] = [make(), make()];
      const wanted = someRuns(written[role]!, next);
      const before = someRuns(written[0]!, next);
      const values = written[0]!.positions.map(() => next(40) - 20);
      const alive = written[0]!.positions.map(() => (next(4) ? 0 : 1));
      for (const factors of [written, read]) {
        if (role) factors[role - 1]!.runs = before;
        factors[role]!.positions.forEach((i, b) => {
          factors[role]!.values[i] = values[b]!;
          factors[role]!.alive[i] = alive[b]!;
        });
      }
      const sink = new FileSink();
      writeRuns(sink, written, role, role, wanted, 0);
      const bytes = sink.coder.finish();
      readRuns(
        { coder: new RangeDecoder(bytes, 0, bytes.length), states: planeStates() },
        read,
        role,
        role,
        0,
      );
      expect(read[role]!.runs).toEqual(written[role]!.runs);
      // Wanted runs are present if one of their blocks is alive, and no others.
      const { runs, positions, stride } = read[role]!;
      for (const direction of [0, 1]) {
        const hop = direction ? 1 : stride;
        for (const i of positions) {
          const l = wanted[direction]![i]!;
          if (classOf(l) !== 1) continue;
          const living = Array.from({ length: 1 << l }, (_, n) => read[role]!.alive[i + n * hop]).some(
            Boolean,
          );
          expect(runs[direction]![i]).toBe(living ? l : 0);
          expect(runs[direction]![i + hop]).toBe(living ? l + 8 : 0);
        }
      }
    }
  });

  it('takes one bit without runs', () => {
    const factors = [emptyFactor(GRIDS[0])];
    let bits = 0;
    writeRuns({ bit: () => bits++, even: () => bits++ }, factors, 0, 0, undefined, 0);
    writeRuns({ bit: () => bits++, even: () => bits++ }, factors, 0, 0, emptyRuns(factors[0]!.places), 0);
    expect(bits).toBe(2);
  });
});

/** Soft straight edges over the whole picture, and something without them. */
const striped = (channels: 1 | 2 | 3 | 4, bitDepth: 8 | 16, width = 200, height = 160): Raster => {
  const peak = bitDepth === 8 ? 255 : 65_535;
  const make: typeof Uint8Array | typeof Uint16Array = bitDepth === 8 ? Uint8Array : Uint16Array;
  return {
    width,
    height,
    channels,
    bitDepth,
    data: make.from({ length: width * height * channels }).map((_: number, i: number) => {
      const c = i % channels;
      const x = Math.floor(i / channels) % width;
      const y = Math.floor(i / channels / width);
      const edge = (d: number): number => 1 / (1 + 2 ** (-d / 2));
      const spot = (x - 150) ** 2 + (y - 40) ** 2 < 300 ? 0.2 : 0;
      return peak * (0.2 + 0.4 * edge(x - 0.22 * width + 2 * c) + 0.2 * edge(y - 101.7) - spot);
    }),
  };
};

const hasRuns = (parts: BlockDissection): boolean =>
  parts.factors.channels.some(({ runs }) => runs.some(marks => marks.some(mark => mark)));

const FILES: [string, Raster, EncodeOptions][] = [
  ['RGB', striped(3, 8), { quality: 60 }],
  ['grey', striped(1, 8), { quality: 60 }],
  ['RGB with alpha', striped(4, 8), { quality: 70 }],
  ['16 bits of grey with alpha', striped(2, 16), { quality: 80 }],
  ['an exact basis', striped(3, 8), { quality: 60, basis: 'svd', rank: 20 }],
  ['three columns of blocks', striped(3, 8, 24, 160), { quality: 60 }],
];

describe.each(FILES)('A picture with long straight edges, %s', (_name, raster, options) => {
  const bytes = encode(raster, options);
  const parts = dissect(bytes) as BlockDissection;

  it('is stored with runs', () => {
    expect(hasRuns(parts)).toBe(true);
  });

  it('decodes to the PSNR of its header, and so does each layer', () => {
    for (const layer of inspect(bytes).layers) {
      const picture = decode(bytes.subarray(0, layer.bytes), { channels: 'file' });
      expect(psnr(raster, picture).psnr).toBeCloseTo(layer.psnr, 1);
    }
    const whole = psnr(raster, decode(bytes, { channels: 'file' })).psnr;
    expect(whole).toBeCloseTo(inspect(bytes).psnr, 2);
  });

  it('at half its size is nearly the means of its samples', () => {
    const whole = decode(bytes, { channels: 'file' });
    const half = decode(bytes, { channels: 'file', scale: 2 });
    const means = half.data.map((_, at) => {
      const c = at % raster.channels;
      const x = Math.floor(at / raster.channels) % half.width;
      const y = Math.floor(at / raster.channels / half.width);
      const sample = (dx: number, dy: number): number =>
        whole.data[((2 * y + dy) * raster.width + 2 * x + dx) * raster.channels + c]!;
      return (sample(0, 0) + sample(1, 0) + sample(0, 1) + sample(1, 1)) / 4;
    });
    expect(psnr({ ...half, data: means }, half).psnr).toBeGreaterThan(30);
  });
});

it('A file of the compact form has no runs', async () => {
  const { codeAtStep } = await import('../../../src/encode/code-at-step.js');
  const { analysePicture } = await import('../../../src/encode/analyse.js');
  const analysis = analysePicture(striped(3, 8), { colour: [0, 0, 0] });
  const options = { rank: 64, passes: 3, metadata: {} };
  const [plain, compact] = [false, true].map(
    is => dissect(codeAtStep(analysis, 1200, { ...options, compact: is }).bytes) as BlockDissection,
  );
  expect(hasRuns(plain!)).toBe(true);
  expect(hasRuns(compact!)).toBe(false);
});
