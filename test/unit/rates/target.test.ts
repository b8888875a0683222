import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepOf } from '../../../src/planes/step.js';
import { orderOfImportance, type Worth } from '../../../src/rates/importance.js';
import { type Coded, searchStep, stepOfQuality } from '../../../src/rates/target.js';
import { checked } from '../../properties/codec-rasters.js';

/** A coder whose PSNR falls by 5 dB and whose bytes fall by a third with each doubling of the step, with some irregularity. */
function coder(wobble = 0, scale = 20_000): { code: (step: number) => Coded; calls: number[] } {
  const calls: number[] = [];
  const code = (step: number): Coded => {
    calls.push(step);
    const octaves = Math.log2(stepOf(step) * 64);
    const noise = wobble * Math.sin(step * step);
    return {
      psnr: 90 - 5 * octaves + noise,
      bytes: new Uint8Array(Math.round(30 + scale * 1.5 ** -octaves * (1 + noise / 50))),
      error: 0,
    };
  };
  return { code, calls };
}

describe('The search for a target', () => {
  it('meets a PSNR from above within 0.05 dB, in few rounds and never twice with one step', () => {
    fc.assert(
      fc.property(fc.double({ min: 12, max: 89, noNaN: true }), psnr => {
        const { code, calls } = coder();
        const found = searchStep(code, { psnr });
        expect(found.psnr).toBeGreaterThanOrEqual(psnr);
        expect(found.psnr).toBeLessThanOrEqual(psnr + 0.05);
        expect(new Set(calls).size).toBe(calls.length);
        expect(calls.length).toBeLessThanOrEqual(25);
      }),
      checked(100),
    );
  });

  it('meets a size from below, within 2 % if any step does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 900, max: 20_000 }), bytes => {
        const { code, calls } = coder();
        const { length } = searchStep(code, { bytes }).bytes;
        expect(length).toBeLessThanOrEqual(bytes);
        expect(length).toBeGreaterThanOrEqual(bytes * 0.98);
        expect(calls.length).toBeLessThanOrEqual(25);
      }),
      checked(100),
    );
  });

  it('needs few full codings after quick ones, whose figures are lower', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: 20, max: 80, noNaN: true }).map(psnr => ({ psnr })),
          fc.integer({ min: 900, max: 15_000 }).map(bytes => ({ bytes })),
        ),
        target => {
          const { code, calls } = coder();
          const quick = {
            code(step: number): Coded {
              const { psnr, bytes } = coder().code(step);
              return { psnr: psnr - 0.4, bytes: bytes.subarray(bytes.length / 100), error: 0 };
            },
            // Wrong in absolute terms, right from step to step.
            psnr: (step: number) => coder().code(step).psnr + 2,
            bytes: (step: number) => 0.7 * coder().code(step).bytes.length,
          };
          const found = searchStep(code, target, 0, quick);
          if ('psnr' in target) expect(found.psnr - target.psnr).toBeLessThanOrEqual(0.05);
          else expect(found.bytes.length).toBeGreaterThanOrEqual(target.bytes * 0.98);
          expect(calls.length).toBeLessThanOrEqual(4);
        },
      ),
      checked(100),
    );
  });

  it('tries other prices in the last pass before another step', () => {
    fc.assert(
      fc.property(fc.double({ min: 30, max: 80, noNaN: true }), psnr => {
        const { code: plain, calls } = coder();
        let again = 0;
        const code = (step: number): Coded => ({
          ...plain(step),
          again(price) {
            again++;
            const made = coder().code(step);
            return { ...made, psnr: made.psnr - 0.2 * Math.log(price) };
          },
        });
        // The forecast is slightly wrong, and so is the step.
        const quick = {
          code: (step: number) => ({ ...coder().code(step), psnr: coder().code(step).psnr - 0.42 }),
          psnr: (step: number) => coder().code(step).psnr,
          bytes: (step: number) => coder().code(step).bytes.length,
        };
        const found = searchStep(code, { psnr }, 0, quick);
        expect(found.psnr).toBeGreaterThanOrEqual(psnr);
        expect(found.psnr).toBeLessThanOrEqual(psnr + 0.05);
        expect(calls.length).toBe(1);
        expect(again).toBeGreaterThan(0);
      }),
      checked(100),
    );
  });

  it('never fails a target that it has seen met, even if the coder is not monotone', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 25, max: 80, noNaN: true }),
        (wobble, psnr) => {
          const { code, calls } = coder(wobble);
          expect(searchStep(code, { psnr }).psnr).toBeGreaterThanOrEqual(psnr);
          expect(searchStep(code, { bytes: 700 }).bytes.length).toBeLessThanOrEqual(700);
          expect(calls.length).toBeLessThanOrEqual(50);
        },
      ),
      checked(60),
    );
  });

  it('goes to the ends of the scale, and reports there what would have been possible', () => {
    const least = coder(0, 5000).code(4095).bytes.length;
    expect(searchStep(coder(0, 5000).code, { bytes: least }).bytes.length).toBe(least);
    expect(() => searchStep(coder(0, 5000).code, { bytes: least - 1 })).toThrow(
      expect.objectContaining({
        code: 'TARGET',
        field: 'size',
        got: least - 1,
        expected: `at least ${least} bytes`,
      }),
    );
    expect(searchStep(coder().code, { psnr: 90 }).psnr).toBe(90);
    expect(() => searchStep(coder().code, { psnr: 90.5 })).toThrow(
      expect.objectContaining({ code: 'TARGET', field: 'psnr', got: 90.5, expected: 'at most 90.00 dB' }),
    );
  });

  it('reports what can be asked for, even if what a step gives depends on the target', () => {
    const byTarget = (bytes: number): Coded => ({ psnr: 30, bytes: new Uint8Array(bytes), error: 0 });
    const ask = (bytes: number): Coded =>
      searchStep(
        () => byTarget(bytes < 40 ? 40 : 41),
        { bytes },
        0,
        undefined,
        () => byTarget(41),
      );
    expect(() => ask(39)).toThrow(/expected at least 41 bytes$/);
    expect(ask(41).bytes.length).toBe(41);
    const ends = (psnr: number) => (): Coded => ({ psnr, bytes: new Uint8Array(9), error: 0 });
    expect(() => searchStep(ends(66.478), { psnr: 70 })).toThrow(/expected at most 66\.47 dB$/);
  });

  it('takes no step finer than allowed', () => {
    const { code, calls } = coder();
    expect(() => searchStep(code, { psnr: 89 }, 1000)).toThrow(/expected at most \d\d\.\d\d dB/);
    expect(Math.min(...calls)).toBe(1000);
  });

  it('ends if every step gives the same file, or every step is exact', () => {
    const same = (): Coded => ({ psnr: Number.POSITIVE_INFINITY, bytes: new Uint8Array(40), error: 0 });
    expect(searchStep(same, { psnr: 50 }).bytes.length).toBe(40);
    expect(searchStep(same, { bytes: 1000 }).bytes.length).toBe(40);
    expect(() => searchStep(same, { bytes: 39 })).toThrow(/at least 40 bytes/);
  });
});

it('A higher quality has a finer step, 27 at 75', () => {
  expect(stepOfQuality(75)).toBe(27);
  for (let quality = 1; quality <= 100; quality++)
    expect(stepOfQuality(quality)).toBeLessThan(stepOfQuality(quality - 1));
});

describe('The order of importance', () => {
  const worth = (channel: number, band: number, gain: number, bits: number): Worth => ({
    step: { channel, thumb: false, band, planes: Uint8Array.of(band), rank: 1 },
    gain,
    bits,
  });

  it('takes the largest gain for each bit first', () => {
    const worths = [worth(0, 1, 100, 9), worth(0, 2, 10, 9), worth(1, 1, 50, 9), worth(1, 2, 40, 9)];
    expect(orderOfImportance(worths, 2, () => 0)).toEqual([0, 1, 1, 0]);
  });

  it('looks past a poor band to a good one behind it', () => {
    const worths = [worth(0, 1, 0, 10), worth(0, 2, 1000, 10), worth(1, 1, 100, 10)];
    expect(orderOfImportance(worths, 2, () => 0)).toEqual([0, 0, 1]);
  });

  it('goes by bands if a channel begins later than those that it looks at', () => {
    const worths = [worth(0, 3, 1, 9), worth(0, 4, 1, 9), worth(1, 2, 1, 9), worth(1, 3, 900, 9)];
    expect(orderOfImportance(worths, 2, channel => channel)).toEqual([1, 0, 1, 0]);
  });

  it('keeps each band of a channel behind the same band of those that it looks at, and takes every band once', () => {
    const list = fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 500 })), {
      minLength: 3,
      maxLength: 18,
    });
    fc.assert(
      fc.property(list, values => {
        const bands = [0, 0, 0];
        const worths = values.map(([gain, bits], i) => worth(i % 3, ++bands[i % 3]!, gain, bits));
        const order = orderOfImportance(worths, 3, channel => channel);
        const taken = [0, 0, 0];
        for (const channel of order) {
          taken[channel]!++;
          for (let before = 0; before < channel; before++)
            expect(taken[before]).toBeGreaterThanOrEqual(Math.min(taken[channel]!, bands[before]!));
        }
        expect(taken).toEqual(bands);
      }),
      checked(100),
    );
  });
});

it('The coarsest of all exact steps is taken, even if the first one tried is not exact', () => {
  const code = (step: number): Coded => ({
    psnr: step < 300 ? Number.POSITIVE_INFINITY : 40,
    bytes: new Uint8Array(5000 - step),
    error: 0,
  });
  expect(searchStep(code, { psnr: 80 }).bytes.length).toBe(5000 - 299);
});
