import { decode, encode } from 'lowrank';
import { decode as packed } from 'lowrank/decode';
import { expect, it } from 'vitest';
import { CodecError } from '../../../src/core/errors.js';
import { draw } from '../../properties/codec-rasters.js';

it('The message of an error says what it got, whatever that is', () => {
  for (const [got, text] of [
    [Symbol('odd'), 'Symbol(odd)'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
    [10n, '10'],
    [[1, 2], '1,2'],
    ['', ''],
    [{}, '[object Object]'],
  ])
    expect(new CodecError('OPTION', { field: 'rank', got, expected: 'a number', offset: 0 }).message).toBe(
      `OPTION: rank: got ${text as string}, expected a number, at byte 0`,
    );
  expect(new CodecError('EMPTY', { field: 'file' }).message).toBe('EMPTY: file');
});

it('A symbol as an option is refused like any other value', () => {
  const raster = draw(8, 8, 3, 8, 'ramp');
  const bytes = encode(raster);
  const odd = Symbol('odd') as never;
  for (const call of [
    () => encode(raster, { quality: odd }),
    () => encode(raster, { layout: odd }),
    () => decode(bytes, { rank: odd }),
    () => decode(bytes, { channels: odd }),
    () => packed(bytes, { rank: odd }),
  ])
    expect(call).toThrow(expect.objectContaining({ code: 'OPTION', got: odd }));
});
