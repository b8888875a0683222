import { decode, encode, inspectFactors, psnr, type Raster } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/algebra/random.js';
import { analysePicture } from '../../../src/encode/analyse.js';
import { designPredictors } from '../../../src/encode/bases/design-predictors.js';
import { pursue } from '../../../src/encode/bases/pursue.js';
import { repetition } from '../../../src/encode/bases/repetition.js';
import { stepCode } from '../../../src/planes/step.js';
import { draw } from '../../properties/codec-rasters.js';

/** Oblique stripes of 7.6 pixels in two colours. */
function stripes(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let p = 0; p < width * height; p++) {
    const wave = Math.sin(((0.6 * (p % width) + 0.8 * Math.floor(p / width)) * 2 * Math.PI) / 7.6);
    for (let c = 0; c < 3; c++) data[3 * p + c] = 128 + [70, 40, -30][c]! * wave;
  }
  return { width, height, channels: 3, bitDepth: 8, data };
}

/** Dots on a grid turned by a 3-4-5 angle. */
function dots(width: number, height: number): Raster {
  const data = new Uint8Array(width * height);
  // Noise, so that the dots do not become exact cells.
  const next = random(5);
  const wave = (a: number, b: number): number => Math.sin((2 * Math.PI * (0.8 * a + 0.6 * b)) / 6.5);
  for (let p = 0; p < data.length; p++) {
    const [x, y] = [p % width, Math.floor(p / width)];
    data[p] = wave(x, y) + wave(y, -x) > 0.3 ? 200 : 60;
    data[p]! += Math.floor(next() * 17) - 8;
  }
  return { width, height, channels: 1, bitDepth: 8, data };
}

const NEVER_TOO_DEAR = () => true;

describe('Matching pursuit', () => {
  const next = random(7);
  const columns = Array.from({ length: 90 }, () => Float64Array.from({ length: 200 }, () => next() - 0.5));
  const energies = columns.map(column => column.reduce((sum, v) => sum + v * v, 0));

  it('finds the columns that a vector is made of, with their coefficients', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => 3 * columns[70]![i]! - 2 * columns[4]![i]!);
    const { picked, coefficients, error } = pursue(x, columns, energies, 2, NEVER_TOO_DEAR);
    expect(picked).toEqual([70, 4]);
    expect(coefficients[0]).toBeCloseTo(3, 9);
    expect(coefficients[1]).toBeCloseTo(-2, 9);
    expect(error).toBeCloseTo(0, 9);
  });

  it('leaves the squared error that it reports, and each column reduces it', () => {
    const x = Float64Array.from({ length: 200 }, () => next() - 0.5);
    const errors: number[] = [];
    const { picked, coefficients, error } = pursue(x, columns, energies, 12, (_, after) => {
      errors.push(after);
      return true;
    });
    expect(new Set(picked).size).toBe(12);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    const left = x.map(
      (v, i) => v - picked.reduce((sum, j, n) => sum + coefficients[n]! * columns[j]![i]!, 0),
    );
    expect(left.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(error, 9);
  });

  it('stops before a column that does not pay, and skips one that adds nothing new', () => {
    const x = columns[3]!.map(v => 5 * v);
    const twice = [columns[3]!, columns[3]!.map(v => 2 * v)];
    expect(pursue(x, twice, [energies[3]!, 4 * energies[3]!], 2, NEVER_TOO_DEAR).picked).toHaveLength(1);
    expect(pursue(x, columns, energies, 5, () => false).picked).toEqual([]);
  });
});

describe('The measure of repetition in a picture', () => {
  const of = (raster: Raster): number => {
    const { channels, grid } = analysePicture(raster);
    return repetition(channels[0]!, grid, 20);
  };

  it('is large for stripes, small for noise, and zero for too few blocks', () => {
    expect(of(stripes(128, 96))).toBeGreaterThan(0.2);
    expect(of(draw(128, 96, 3, 8, 'noise'))).toBeLessThan(0.04);
    expect(of(stripes(24, 24))).toBe(0);
  });
});

describe("A picture's own predictors", () => {
  const raster = stripes(128, 96);

  it('use only values that a decoder has at that point', () => {
    const analysis = analysePicture(raster);
    const designed = designPredictors(analysis, stepCode(12), 64);
    const terms = designed.flatMap((list, c) =>
      list.flatMap((predictor, k) => (predictor?.terms ?? []).map(term => ({ ...term, c, k }))),
    );
    expect(terms.length).toBeGreaterThan(10);
    for (const { back, plane, lag, c, k } of terms) {
      const [x, y] = [(lag & 3) - 2, (lag >> 2) - 2];
      if (back === 0 && plane === k) expect(y < 0 || (y === 0 && x < 0)).toBe(true);
      if (back) expect((c + back) % 3).toBeLessThan(c);
    }
  });

  it('give fewer bytes than the DCT alone, at no less quality', () => {
    const raster = dots(160, 128);
    const [own, plain] = (['auto', 'dct'] as const).map(basis =>
      encode(raster, { quality: 60, tune: 'psnr', basis }),
    );
    expect(own!.length).toBeLessThan(0.9 * plain!.length);
    const quality = (file: Uint8Array): number => psnr(raster, decode(file, { channels: 'file' })).psnr;
    expect(quality(own!)).toBeGreaterThan(quality(plain!) - 0.3);
    expect(inspectFactors(own!).reduce((sum, { terms }) => sum + terms, 0)).toBeGreaterThan(10);
    expect(inspectFactors(plain!).every(({ terms }) => terms === 0)).toBe(true);
  });

  it('are searched for with progress, and the search can be aborted', () => {
    const shares: number[] = [];
    encode(raster, { quality: 60, onProgress: share => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.filter(share => share > 0.05 && share < 0.65).length).toBeGreaterThan(20);
    const controller = new AbortController();
    const last: number[] = [];
    const onProgress = (share: number): void => {
      last.push(share);
      if (share > 0.3) controller.abort();
    };
    expect(() => encode(raster, { quality: 60, signal: controller.signal, onProgress })).toThrow('ABORTED');
    expect(last.at(-1)).toBeLessThan(0.65);
  });

  it('are searched for everywhere from effort 8 on', () => {
    // Four blocks wide: too narrow for the measure of repetition.
    const narrow = stripes(32, 256);
    const [seven, eight] = [7, 8].map(effort => encode(narrow, { quality: 60, tune: 'psnr', effort }));
    const terms = (file: Uint8Array): number =>
      inspectFactors(file).reduce((sum, factor) => sum + factor.terms, 0);
    expect(terms(seven!)).toBe(0);
    expect(terms(eight!)).toBeGreaterThan(0);
    expect(eight!.length).toBeLessThan(seven!.length);
  });

  it('are not searched for in pictures without repetition', () => {
    const noise = draw(96, 64, 3, 8, 'noise');
    expect(encode(noise, { quality: 60 })).toEqual(encode(noise, { quality: 60, basis: 'dct' }));
  });
});
