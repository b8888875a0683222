import { describe, expect, it } from 'vitest';
import { headlineOf } from '../../src/report/headline.js';
import type { Measurement, Variant } from '../../src/report/measurement.js';
import { shortName } from '../../src/report/short-name.js';

const measured = (bdRates: Variant['bdRates']): Measurement =>
  ({ variants: [{ bdRates }] }) as unknown as Measurement;

describe('The first sentence of a report', () => {
  it('gives bytes at equal quality against JPEG, then against the others', () => {
    const of = measured({
      avif: { byQuality: -18.6 },
      jpeg: { byQuality: -60.2 },
      webp: { byQuality: -46.9 },
    });
    expect(headlineOf([of], [])).toEqual({
      title: '60 % fewer bytes than JPEG at equal quality',
      more: '47 % fewer bytes than WebP, 19 % fewer bytes than AVIF. Mean over all sizes that both reach, on this picture; quality is PSNR.',
    });
  });

  it('says whether they are more or the same, and if nothing could be compared', () => {
    expect(headlineOf([measured({ avif: { byQuality: 12.4 } })], []).title).toBe(
      '12 % more bytes than AVIF at equal quality',
    );
    expect(headlineOf([measured({ webp: { byQuality: 0.2 } })], []).title).toBe(
      'As many bytes as WebP at equal quality',
    );
    expect(headlineOf([measured({ jpeg: { byRank: -9 } })], []).title).toBe('What each rank is worth');
  });

  it('uses SSIMULACRA 2 if that is measured', () => {
    const of = measured({ jpeg: { byQuality: -10, ssimulacra2: { byQuality: -41 } } } as Variant['bdRates']);
    const { title, more } = headlineOf([of], []);
    expect(title).toBe('41 % fewer bytes than JPEG at equal quality');
    expect(more).toContain('SSIMULACRA 2');
  });

  it('gives the mean of several pictures', () => {
    const one = measured({ jpeg: { byQuality: -10 } });
    const mean = { bdRates: { jpeg: { byQuality: { percent: -33, pictures: 2 } } } } as never;
    const { title, more } = headlineOf([one, one], [mean]);
    expect(title).toBe('33 % fewer bytes than JPEG at equal quality');
    expect(more).toContain('over 2 pictures');
  });
});

it('A file is shown by its name, not its path', () => {
  expect(['a/b/c.png', 'c.png', 'C:\\x\\y.jpg', '(bytes)', '/'].map(shortName)).toEqual([
    'c.png',
    'c.png',
    'y.jpg',
    '(bytes)',
    '/',
  ]);
});
