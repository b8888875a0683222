import { expect, it } from 'vitest';
import { describeComparison } from '../../src/cli/describe-comparison.js';
import type { Measurement, Row } from '../../src/report/measurement.js';

const row: Row = {
  rank: 4,
  bytes: 1000,
  bpp: 0.5,
  psnr: 30,
  energyKept: 0.9,
  factorBytes: 2000,
  peers: { jpeg: { psnr: 28.5 } },
};

const measurement = (one: Row, bdRates: Measurement['variants'][0]['bdRates']): Measurement => ({
  input: 'a.png',
  width: 160,
  height: 100,
  channels: 3,
  bitDepth: 8,
  quality: 75,
  variants: [
    {
      layout: 'block',
      basis: 'auto',
      file: new Uint8Array(1000),
      rank: 4,
      rows: [one],
      energyKept: [0.5, 0.7, 0.8, 0.9],
      qualities: [],
      bdRates,
    },
  ],
  textbook: [],
  peers: { jpeg: [] },
  notes: [],
  milliseconds: 1,
});

it('A comparison shows SSIMULACRA 2 of the codec and the others, and BD-rates by it before those by PSNR', () => {
  const text = describeComparison(
    measurement(
      { ...row, ssimulacra2: 71.26, peers: { jpeg: { psnr: 28.5, ssimulacra2: 55.04 } } },
      { jpeg: { byQuality: -40.04, byRank: 3.21, ssimulacra2: { byQuality: -12.34 } } },
    ),
  );
  const lines = text.split('\n').map(line => line.trim());
  const cells = (line: string): string[] => line.split(/ {2,}/);
  const ranks = lines.findIndex(line => line.startsWith('rank') && line.includes('SSIMULACRA 2 '));
  expect(cells(lines[ranks]!)[6]).toBe('SSIMULACRA 2');
  expect(cells(lines[ranks + 1]!)[6]).toBe('71.3');
  const others = lines.findIndex(line => line.includes('SSIMULACRA 2 at these bytes: jpeg'));
  expect(cells(lines[others + 1]!)).toEqual(['4', '55.0', '28.50 dB', '-']);
  const looks = lines.indexOf('Bytes at equal SSIMULACRA 2, 50 to 90 (BD-rate) against');
  expect(lines.slice(looks + 1, looks + 5)).toEqual([
    'jpeg  -12.3 % by quality',
    '',
    'Bytes at equal PSNR (BD-rate) against',
    'jpeg  -40.0 % by quality, +3.2 % by rank',
  ]);
});

it('A comparison without SSIMULACRA 2 does not mention it', () => {
  const text = describeComparison(measurement(row, { jpeg: { byQuality: -40.04 } }));
  expect(text).not.toContain('SSIMULACRA');
  expect(text).toContain('at these bytes: jpeg');
  expect(text).toContain('-40.0 % by quality');
});
