import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'lowrank';
import { readImage } from 'lowrank/node';
import { describe, expect, it } from 'vitest';
import {
  describeFile,
  type Golden,
  readSample,
  SAMPLES,
  sampleNames,
  TABLE,
  variantPath,
} from './describe.js';
import { encodeVariant, VARIANTS } from './variants.js';

const table: Record<string, Golden> = JSON.parse(readFileSync(TABLE, 'utf8'));

it('The table names every sample and every variant, and covers every kind of picture', async () => {
  expect(Object.keys(table)).toEqual([...sampleNames(), ...Object.keys(VARIANTS)]);
  const kinds = await Promise.all(
    sampleNames().map(async name => {
      const { raster } = await readImage(join(SAMPLES, `${name}.png`));
      return `${raster.channels} x ${raster.bitDepth}`;
    }),
  );
  expect(new Set(kinds)).toEqual(new Set(['1 x 8', '2 x 8', '3 x 8', '4 x 8', '3 x 16']));
});

describe.each(sampleNames())('The sample %s', name => {
  const bytes = readSample(name);

  it('matches the table', () => {
    expect(describeFile(bytes)).toEqual(table[name]);
  });

  it('is what the encoder writes', async () => {
    const { raster, metadata } = await readImage(join(SAMPLES, `${name}.png`));
    expect(Buffer.from(encode(raster, { metadata })).equals(bytes)).toBe(true);
  });
});

describe.each(Object.keys(VARIANTS))('The file %s', name => {
  const bytes = readFileSync(variantPath(name));

  it('matches the table', () => {
    expect(describeFile(bytes)).toEqual(table[name]);
  });

  it('is what the encoder writes', async () => {
    expect(bytes.equals(await encodeVariant(name))).toBe(true);
  });
});
