import fc from 'fast-check';
import { decode, encode, inspect, truncate, verify } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { checked, type Drawn, psnrBetween, rasters } from './codec-rasters.js';

const samples = (bytes: Uint8Array, rank?: number) =>
  decode(bytes, { channels: 'file', ...(rank ? { rank } : {}) });

/** A picture and its file, often one of many layers. */
const files = (
  most?: number,
  channels?: Parameters<typeof rasters>[1],
): fc.Arbitrary<{ raster: Drawn; bytes: Uint8Array }> =>
  fc
    .tuple(
      rasters(most, channels),
      fc.constantFrom(50, 75, 95),
      fc.constantFrom('dct' as const, 'svd' as const),
    )
    .map(([raster, quality, basis]) => ({ raster, bytes: encode(raster, { quality, basis, effort: 1 }) }));

describe('The layers of a file', () => {
  it('decode from the prefix that ends there, with the indexed PSNR to 0.05 dB, and never worse than the one before', () => {
    fc.assert(
      fc.property(files(), ({ raster, bytes }) => {
        let before = 0;
        for (const { bytes: end, psnr, rank } of inspect(bytes).layers) {
          const picture = samples(bytes.subarray(0, end));
          const measured = psnrBetween(raster, picture);
          if (measured < Number.POSITIVE_INFINITY)
            expect(Math.abs(measured - psnr)).toBeLessThanOrEqual(0.05);
          else expect(psnr).toBe(Number.POSITIVE_INFINITY);
          expect(psnr).toBeGreaterThanOrEqual(before);
          expect(picture.rank).toBe(rank);
          before = psnr;
        }
      }),
      checked(50),
    );
  });

  it('end in order, the last one where the checksum begins, with ranks that never fall', () => {
    fc.assert(
      fc.property(files(), ({ bytes }) => {
        const { layers } = inspect(bytes);
        expect(layers.length).toBeGreaterThan(0);
        expect(layers.at(-1)!.bytes).toBe(bytes.length - 4);
        for (const [i, layer] of layers.slice(1).entries()) {
          expect(layer.bytes).toBeGreaterThan(layers[i]!.bytes);
          expect(layer.rank).toBeGreaterThanOrEqual(layers[i]!.rank);
        }
      }),
      checked(50),
    );
  });

  it('are what any longer prefix falls back to', () => {
    fc.assert(
      fc.property(files(40), fc.double({ min: 0, max: 1, noNaN: true }), ({ bytes }, share) => {
        const { layers } = inspect(bytes);
        const first = layers[0]!.bytes;
        const length = first + Math.floor((bytes.length - first) * share);
        const prefix = bytes.subarray(0, length);
        const last = layers.filter(layer => layer.bytes <= length).at(-1)!;
        expect(samples(prefix)).toEqual(samples(bytes.subarray(0, last.bytes)));
        expect(inspect(prefix)).toMatchObject({
          psnr: last.psnr,
          rank: last.rank,
          complete: length === bytes.length,
          bytes: bytes.length,
        });
      }),
      checked(50),
    );
  });
});

describe('Truncating a file', () => {
  const cut = fc.oneof(
    fc.record({ rank: fc.integer({ min: 1, max: 70 }) }),
    fc.record({ psnr: fc.double({ min: 5, max: 60, noNaN: true }) }),
    fc.record({ size: fc.integer({ min: 1, max: 8000 }) }),
  );

  it('gives a complete file of the layers that the target asks for, or says that no layer meets it', () => {
    fc.assert(
      fc.property(files(50), cut, ({ bytes }, target: { rank?: number; psnr?: number; size?: number }) => {
        const { rank = Number.POSITIVE_INFINITY, psnr, size = Number.POSITIVE_INFINITY } = target;
        const { layers } = inspect(bytes);
        // Cut behind each layer in turn: fewer layers take fewer bytes.
        const cuts: Uint8Array[] = [bytes];
        for (let last = 0; last !== cuts[0]!.length; ) {
          last = cuts[0]!.length;
          try {
            cuts.unshift(truncate(bytes, { size: last - 1 }));
          } catch {}
        }
        const kept = layers.map(
          (layer, i) =>
            (psnr === undefined || layer.psnr >= psnr) && layer.rank <= rank && cuts[i]!.length <= size,
        );
        const at = psnr === undefined ? kept.lastIndexOf(true) : kept.indexOf(true);
        const wanted = layers[at];
        if (!wanted) {
          expect(() => truncate(bytes, target)).toThrow(
            expect.objectContaining({ code: 'TARGET', field: Object.keys(target)[0] }),
          );
          return;
        }
        const short = truncate(bytes, target);
        expect(Buffer.from(cuts[at]!).equals(short)).toBe(true);
        expect(inspect(short)).toMatchObject({ rank: wanted.rank, psnr: wanted.psnr, complete: true });
        expect(inspect(short).layers.map(layer => layer.psnr)).toEqual(
          layers.slice(0, at + 1).map(layer => layer.psnr),
        );
        const end = wanted === layers.at(-1) ? bytes.length : wanted.bytes;
        expect(samples(short)).toEqual(samples(bytes.subarray(0, end)));
        expect(verify(short).damage).toEqual([]);
      }),
      checked(60),
    );
  });

  it('twice gives the same file as once', () => {
    fc.assert(
      fc.property(files(40), fc.integer({ min: 0, max: 30 }), ({ bytes }, n) => {
        const { layers } = inspect(bytes);
        const { psnr } = layers[n % layers.length]!;
        const once = truncate(bytes, { psnr });
        expect(truncate(once, { psnr })).toEqual(once);
        expect(truncate(once, { size: once.length })).toEqual(once);
        const { length } = truncate(once, { psnr: 0.001 });
        expect(() => truncate(once, { size: length - 1 })).toThrow(
          expect.objectContaining({ code: 'TARGET' }),
        );
      }),
      checked(40),
    );
  });
});

describe('Decoding at a rank', () => {
  it('keeps at most that many columns, and all of them from the rank of the file on', () => {
    fc.assert(
      fc.property(files(40), fc.integer({ min: 1, max: 70 }), ({ bytes }, rank) => {
        const whole = samples(bytes);
        const picture = samples(bytes, rank);
        expect(picture.rank).toBe(Math.min(rank, whole.rank));
        if (rank >= whole.rank) expect(picture).toEqual(whole);
      }),
      checked(60),
    );
  });

  it('gives for a grey picture what truncating to that rank gives, for each rank at which a layer ends', () => {
    fc.assert(
      fc.property(files(60, [1]), ({ bytes }) => {
        for (const { rank } of inspect(bytes).layers.filter(layer => layer.rank > 1))
          expect(samples(bytes, rank)).toEqual(samples(truncate(bytes, { rank })));
      }),
      checked(50),
    );
  });
});
