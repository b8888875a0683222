import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pickSource } from '../../src/web/source.js';

/** A length in pixels, in a window of 1000. */
const lengthOf = (css: string): number => (css.endsWith('vw') ? 10 : 1) * Number.parseFloat(css);
const pick = (attributes: { src?: string; srcset?: string; sizes?: string }, ratio = 1) =>
  pickSource({ src: '', srcset: '', sizes: '', ...attributes }, ratio, lengthOf);

describe('Choosing from src, srcset and sizes', () => {
  // A window of 1000 pixels that evaluates media conditions on its width.
  beforeEach(() => {
    vi.stubGlobal('matchMedia', (media: string) => {
      const [, kind, width] = /\((min|max)-width: (\d+)px\)/.exec(media)!;
      return { matches: kind === 'min' ? 1000 >= Number(width) : 1000 <= Number(width) };
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('nothing is chosen if nothing is given', () => {
    expect(pick({})).toBeUndefined();
    expect(pick({ sizes: '10px' })).toBeUndefined();
  });

  it('src is the last resort, at one pixel for each CSS pixel', () => {
    expect(pick({ src: 'a.lrk' }, 3)).toEqual({ url: 'a.lrk', density: 1 });
    expect(pick({ src: 'a.lrk', srcset: 'b.lrk 2x' }, 1)).toEqual({ url: 'a.lrk', density: 1 });
    expect(pick({ src: 'a.lrk', srcset: 'b.lrk 2x' }, 2)).toEqual({ url: 'b.lrk', density: 2 });
    // With widths it is for browsers that do not know srcset.
    expect(pick({ src: 'a.lrk', srcset: 'b.lrk 500w' }, 1)!.url).toBe('b.lrk');
  });

  it('the smallest sharp picture is chosen, or the largest', () => {
    const srcset = 'a.lrk, b.lrk 1.5x, c,d.lrk 3x';
    expect([1, 1.2, 2, 3, 5].map(ratio => pick({ srcset }, ratio)!.url)).toEqual([
      'a.lrk',
      'b.lrk',
      'c,d.lrk',
      'c,d.lrk',
      'c,d.lrk',
    ]);
  });

  it('widths count by the first size whose condition is met', () => {
    const srcset = 's.lrk 320w,\n m.lrk 640w, l.lrk 1280w';
    expect(pick({ srcset })).toEqual({ url: 'l.lrk', density: 1.28 });
    expect(pick({ srcset, sizes: '(max-width: 600px) 100vw, (min-width: 900px) 30vw, 50vw' })!.url).toBe(
      's.lrk',
    );
    expect(pick({ srcset, sizes: '(max-width: 600px) 100vw, 50vw' })).toEqual({
      url: 'm.lrk',
      density: 1.28,
    });
    expect(pick({ srcset, sizes: '300px' }, 2)!.url).toBe('m.lrk');
  });

  it('addresses with commas and without spaces stay whole', () => {
    expect(pick({ srcset: 'data:image/lrk;base64,AAAA 1x' })!.url).toBe('data:image/lrk;base64,AAAA');
  });
});
