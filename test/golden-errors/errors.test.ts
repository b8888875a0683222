import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodecError, decode, ERROR_CODES, encode, inspect, type Raster, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { draw } from '../properties/codec-rasters.js';
import { BAD_FILES, type BadFile } from './bad-files.js';

type Expected = Omit<BadFile, 'bytes'>;
const table: Record<string, Expected> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'errors.json'), 'utf8'),
);
const read = (name: string): Uint8Array => readFileSync(join(import.meta.dirname, 'files', `${name}.lrk`));

/** Codes that only a call can cause, not a file. */
const BY_CALLS = ['OPTION', 'RASTER', 'TARGET', 'ABORTED'];

function errorOf(run: () => unknown): CodecError {
  try {
    run();
  } catch (error) {
    if (error instanceof CodecError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('Bad files', () => {
  it('match the table, and together cause every code that a file can cause', () => {
    expect(readdirSync(join(import.meta.dirname, 'files')).sort()).toEqual(
      Object.keys(table)
        .map(name => `${name}.lrk`)
        .sort(),
    );
    const codes = new Set(Object.values(table).map(({ code }) => code));
    expect([...codes].sort()).toEqual(ERROR_CODES.filter(code => !BY_CALLS.includes(code)).sort());
  });

  it.each(Object.keys(table))('of the kind %s are refused with code, field and place, in one line', name => {
    const { code, field, offset } = table[name]!;
    const error = errorOf(() => decode(read(name)));
    expect(error).toMatchObject({
      name: 'CodecError',
      code,
      field,
      ...(offset === undefined ? {} : { offset }),
    });
    expect(error.message.startsWith(`${code}: ${field}`)).toBe(true);
    expect(error.message).not.toMatch(/\n|undefined|NaN|object/);
  });

  it.each(Object.keys(table))('of the kind %s are still what the script makes of today’s format', name => {
    const { bytes, ...expected } = BAD_FILES[name]!;
    expect(table[name]).toEqual(expected);
    expect(Buffer.from(bytes).equals(read(name))).toBe(true);
  });

  it('with a bad header are refused by inspect and truncate with the same error', () => {
    const late = ['stream', 'width x height'];
    const names = Object.keys(table).filter(name => !late.includes(table[name]!.field));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { message } = errorOf(() => decode(read(name)));
      // The header is enough to find the fault.
      if (table[name]!.field === 'first layer') expect(inspect(read(name)).rank).toBe(0);
      else expect(errorOf(() => inspect(read(name))).message).toBe(message);
      expect(errorOf(() => truncate(read(name), { rank: 1 })).message).toBe(message);
    }
  });
});

describe('Bad calls', () => {
  const raster = draw(8, 8, 3, 8, 'waves');
  const file = encode(raster);
  const without = (fields: object): Raster => ({ ...raster, ...fields }) as Raster;
  const aborted = AbortSignal.abort('no more');
  // biome-ignore lint/suspicious/noExplicitAny: wrong options are the point
  const wrong = (options: object): any => options;

  it.each<[string, string, () => unknown]>([
    ['OPTION', 'quality', () => encode(raster, { quality: 101 })],
    ['OPTION', 'quality', () => encode(raster, wrong({ quality: '75' }))],
    ['OPTION', 'psnr', () => encode(raster, { psnr: Number.NaN })],
    ['OPTION', 'size', () => encode(raster, { size: 10.5 })],
    ['OPTION', 'rank', () => encode(raster, { rank: 0 })],
    ['OPTION', 'effort', () => encode(raster, { effort: 10 })],
    ['OPTION', 'size', () => encode(raster, { psnr: 40, size: 1000 })],
    ['OPTION', 'layout', () => encode(raster, wrong({ layout: 'tile' }))],
    ['OPTION', 'basis', () => encode(raster, wrong({ basis: 'pca' }))],
    ['OPTION', 'metadata.cicp', () => encode(raster, { metadata: { cicp: new Uint8Array(3) } })],
    ['OPTION', 'rank', () => decode(file, { rank: 1.5 })],
    ['LIMIT', 'memory', () => decode(file, { maxMemory: 1e6 })],
    ['OPTION', 'channels', () => decode(file, wrong({ channels: 'rgb' }))],
    ['OPTION', 'maxPixels', () => decode(file, { maxPixels: 0 })],
    ['OPTION', 'target', () => truncate(file, {})],
    ['OPTION', 'target', () => truncate(file, { rank: 1, size: 100 })],
    ['OPTION', 'size', () => truncate(file, { size: Number.NaN })],
    ['RASTER', 'width', () => encode(without({ width: 0 }))],
    ['RASTER', 'height', () => encode(without({ height: 65_536 }))],
    ['RASTER', 'channels', () => encode(without({ channels: 5 }))],
    ['RASTER', 'bitDepth', () => encode(without({ bitDepth: 12 }))],
    ['RASTER', 'data', () => encode(without({ bitDepth: 16 }))],
    ['RASTER', 'data.length', () => encode(without({ width: 9 }))],
    ['LIMIT', 'width x height', () => encode(raster, { maxPixels: 63 })],
    ['TARGET', 'size', () => encode(raster, { size: 5 })],
    ['TARGET', 'bpp', () => encode(raster, { bpp: 0.001 })],
    ['TARGET', 'psnr', () => truncate(file, { psnr: 129 })],
    ['TARGET', 'size', () => truncate(file, { size: 3 })],
    ['ABORTED', 'signal', () => encode(raster, { signal: aborted })],
    ['ABORTED', 'signal', () => decode(file, { signal: aborted })],
  ])('end in %s: %s', (code, field, run) => {
    expect(errorOf(run)).toMatchObject({ code, field });
  });
});
