import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Wanted } from '../../../src/explore/protocol.js';
import { createSession } from '../../../src/explore/worker/session.js';
import { composeChannels, paint } from '../../../src/spectra/compose.js';
import { factorPicture } from '../../../src/spectra/factor-picture.js';
import { draw } from '../../properties/codec-rasters.js';

const raster = draw(75, 59, 3, 8, 'photo');
const wanted = (rank: number, without: Wanted['without'] = []): Wanted => ({
  rank,
  without,
  kind: 'decoded',
});

/** A stub of what workers have; here a bitmap is its pixels. */
beforeAll(() => {
  vi.stubGlobal(
    'ImageData',
    class {
      constructor(readonly data: Uint8ClampedArray) {}
    },
  );
  vi.stubGlobal('createImageBitmap', async ({ data }: { data: Uint8ClampedArray }) => data);
});
afterAll(() => void vi.unstubAllGlobals());

describe("The session behind the explorer's page", () => {
  const open = async () => {
    const seen = { pauses: 0 };
    const session = createSession(
      () => {},
      async () => {
        seen.pauses++;
      },
    );
    await session.handlers.take(raster);
    await session.handlers.factor('block', 1);
    return { ...session.handlers, seen };
  };

  it('shows a picture before its error is known, and then sends both at once', async () => {
    const { show, measure } = await open();
    const { bitmap, psnr } = await show(wanted(5));
    const from = factorPicture(raster, 'block', 1);
    expect(bitmap).toEqual(paint(from, composeChannels(from, 5), true, 8));
    expect(psnr).toBeUndefined();
    const measured = await measure(wanted(5));
    expect(measured).toBeGreaterThan(15);
    await show(wanted(9));
    expect((await show(wanted(5))).psnr).toBe(measured);
    expect(await measure(wanted(5))).toBe(measured);
  });

  it('does not measure an outdated picture, and does not take a picture without an atom for the whole one', async () => {
    const { show, measure } = await open();
    await show(wanted(5));
    await show(wanted(7));
    expect(await measure(wanted(5))).toBeUndefined();
    const whole = (await measure(wanted(7)))!;
    const out = wanted(7, [{ channel: 0, column: 0 }]);
    expect((await show(out)).psnr).toBeUndefined();
    expect(await measure(out)).toBeLessThan(whole);
    expect((await show(wanted(7))).psnr).toBe(whole);
  });

  it('pauses while it draws all atoms, so that a picture can come in between', async () => {
    const { atoms, seen } = await open();
    const cards = await atoms();
    expect(cards.length).toBeGreaterThan(100);
    expect(seen.pauses).toBeGreaterThanOrEqual(Math.floor(cards.length / 32));
  });
});
