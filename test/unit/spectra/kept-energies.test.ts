import { encode, type Raster } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { colourBasis } from '../../../src/colour/basis.js';
import { toChannels } from '../../../src/colour/channels.js';
import { analysePicture } from '../../../src/encode/analyse.js';
import { composeChannels } from '../../../src/spectra/compose.js';
import { dissect } from '../../../src/spectra/dissect.js';
import type { BlockDissection } from '../../../src/spectra/dissection.js';
import { energyKept } from '../../../src/spectra/energy-kept.js';
import { keptEnergies } from '../../../src/spectra/kept-energies.js';
import { draw } from '../../properties/codec-rasters.js';

const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);
const squares = (values: Iterable<number>): number => total(Array.from(values, value => value * value));

describe('The share of the energy of a picture that columns keep', () => {
  it('in layout channel, at every rank, is everything but the squared error of that rank', () => {
    const raster = draw(56, 48, 3, 8, 'photo');
    const from = dissect(encode(raster, { layout: 'channel', quality: 30 }));
    const { colour, weights } = from.file.header;
    const channels = toChannels(raster, colourBasis(colour, weights));
    const kept = keptEnergies(raster, from);
    for (const rank of [1, 2, 5, from.columns]) {
      const planes = composeChannels(from, rank);
      channels.forEach(({ data }, c) => {
        const error = squares(data.map((value, i) => value - planes[c]!.data[i]!));
        const { energy, kept: columns } = kept[c]!;
        expect(energy).toBeCloseTo(squares(data), 0);
        expect(total(columns.slice(0, rank)) / energy).toBeCloseTo(1 - error / energy, 5);
      });
    }
  });

  it.each(['svd', 'dct'] as const)('on the basis %s is all of X but what is not stored', basis => {
    const raster = draw(96, 80, 1, 8, 'grain');
    const bytes = encode(raster, { quality: 30, basis, tune: 'psnr' });
    const from = dissect(bytes) as BlockDissection;
    const [x] = analysePicture(raster).channels;
    const [{ energy, kept }] = keptEnergies(raster, from) as [{ energy: number; kept: number[] }];
    expect(energy / squares(x!)).toBeCloseTo(1, 5);
    // A picture decoded without its filter is what is stored.
    const [stored] = composeChannels({ ...from, filters: [] }, from.columns);
    const error = squares(
      toChannels(raster, colourBasis([0, 0, 0]))[0]!.data.map((value, i) => value - stored!.data[i]!),
    );
    // The overlap is only nearly orthonormal.
    expect(1 - total(kept) / energy).toBeGreaterThan((0.6 * error) / energy);
    expect(1 - total(kept) / energy).toBeLessThan((1.6 * error) / energy);
  });

  it('never exceeds 1, even if quantised columns hold more', () => {
    for (const [width, height] of [
      [1, 61],
      [2, 40],
      [9, 9],
    ] as const)
      for (const quality of [5, 30, 50]) {
        const raster = draw(width, height, 3, 8, 'ramp');
        const from = dissect(encode(raster, { quality }));
        const kept = keptEnergies(raster, from);
        for (const { energy, kept: columns } of kept)
          expect(total(columns)).toBeLessThanOrEqual(energy * (1 + 1e-9));
        expect(energyKept(kept, 64)).toBeLessThanOrEqual(1);
      }
  });

  it('is 1 for a picture without energy', () => {
    const raster: Raster = {
      width: 16,
      height: 16,
      channels: 1,
      bitDepth: 8,
      data: new Uint8Array(256).fill(128),
    };
    expect(energyKept(keptEnergies(raster, dissect(encode(raster))), 1)).toBe(1);
  });
});
