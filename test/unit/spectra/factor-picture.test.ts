import { psnr, type Raster } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { svd } from '../../../src/algebra/svd.js';
import { colourBasis } from '../../../src/colour/basis.js';
import { toChannels } from '../../../src/colour/channels.js';
import { matrix } from '../../../src/core/matrix.js';
import { composer } from '../../../src/explore/worker/composer.js';
import { fitted, shrinkageOf } from '../../../src/explore/worker/fitted.js';
import { addTerms } from '../../../src/spectra/add-terms.js';
import { columnEnergies } from '../../../src/spectra/column-energies.js';
import { compose, composeChannels } from '../../../src/spectra/compose.js';
import type { ColumnFactored } from '../../../src/spectra/dissection.js';
import { factorPicture } from '../../../src/spectra/factor-picture.js';
import { draw } from '../../properties/codec-rasters.js';

const PICTURES: [string, Raster][] = [
  ['colour', draw(75, 59, 3, 8, 'photo')],
  ['grey of 16 bits', draw(41, 30, 1, 16, 'waves')],
  ['colour with alpha', draw(40, 33, 4, 8, 'photo')],
];

describe.each(PICTURES)('The factors of a picture of %s, before it is coded', (_name, raster) => {
  it('give the picture itself if all of them are kept', () => {
    for (const layout of ['block', 'channel'] as const) {
      const all = factorPicture(raster, layout, Math.min(raster.width, raster.height));
      const { data } = compose(all, { channels: 'file' });
      // Rounding errors of single precision, and of the finest step.
      expect(psnr(raster, { ...raster, data }).psnr).toBeGreaterThan(raster.bitDepth === 16 ? 80 : 70);
    }
  });

  it('of a whole picture are its singular values and nearly the best possible at each rank', () => {
    const from = factorPicture(raster, 'channel', 12) as ColumnFactored;
    const [first] = toChannels(raster, colourBasis(from.file.header.colour));
    const { s } = svd(matrix(raster.height, raster.width, Float64Array.from(first!.data)));
    columnEnergies(from)[0]!.forEach((energy, k) => {
      expect(Math.sqrt(energy)).toBeLessThanOrEqual(s[k]! * (1 + 1e-6));
      expect(Math.sqrt(energy)).toBeGreaterThan(s[k]! * 0.9);
    });
  });

  it('recompose bit-exactly every time, whatever came before', () => {
    for (const layout of ['block', 'channel'] as const) {
      const from = factorPicture(raster, layout, 24);
      const planes = composer(from);
      for (const rank of [3, 24, 9, 1, 17, 8, 24]) expect(planes(rank)).toEqual(composeChannels(from, rank));
      const out = [
        { channel: 0, column: 1 },
        { channel: 0, column: 22 },
      ];
      const [here, there] = [planes(20, out)[0]!, composeChannels(from, 20, out)[0]!];
      const most = here.data.reduce(
        (worst, value, i) => Math.max(worst, Math.abs(value - there.data[i]!)),
        0,
      );
      expect(most).toBeLessThan(1e-3);
      expect(planes(20)[0]).not.toEqual(here);
    }
  });
});

it('Terms are added one after the other, and removed again', () => {
  const term = (seed: number) => ({
    u: Float64Array.from({ length: 5 }, (_, i) => Math.sin(seed + i)),
    v: Float64Array.from({ length: 7 }, (_, i) => Math.cos(seed * i)),
    right: new Float64Array(7),
  });
  for (const count of [0, 1, 3, 4, 9]) {
    const terms = Array.from({ length: count }, (_, i) => term(i + 1));
    const to = { width: 7, height: 5, data: new Float32Array(35) };
    addTerms(to, terms);
    const plain = new Float32Array(35);
    for (const { u, v } of terms)
      for (let p = 0; p < 35; p++) plain[p] = plain[p]! + u[Math.floor(p / 7)]! * v[p % 7]!;
    expect(to.data).toEqual(plain);
    addTerms(to, terms, -1);
    expect(to.data.every(value => Math.abs(value) < 1e-5)).toBe(true);
  }
});

describe('A picture for viewing', () => {
  it('is reduced by a whole number until it has about a million pixels', () => {
    expect(shrinkageOf(1024, 1024)).toBe(1);
    expect(shrinkageOf(2400, 1600)).toBe(2);
    expect(shrinkageOf(4096, 3810)).toBe(4);
    expect(shrinkageOf(1, 65_535)).toBe(1);
  });

  it('averages its pixels, those at the edge over as many as exist, colours weighted by alpha', () => {
    const grey: Raster = {
      width: 3,
      height: 2,
      channels: 1,
      bitDepth: 8,
      data: Uint8Array.from([10, 20, 90, 30, 40, 50]),
    };
    expect(fitted(grey, 2)).toEqual({ ...grey, width: 2, height: 1, data: Uint8Array.from([25, 70]) });
    const clear: Raster = {
      width: 2,
      height: 1,
      channels: 2,
      bitDepth: 16,
      data: Uint16Array.from([60_000, 0, 1000, 40_000]),
    };
    expect(fitted(clear, 2).data).toEqual(Uint16Array.from([1000, 20_000]));
    expect(fitted(grey, 1)).toBe(grey);
  });
});
