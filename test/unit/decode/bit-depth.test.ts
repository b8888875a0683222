import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDecoder, decode } from 'lowrank';
import { expect, it } from 'vitest';

const sample = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, `../../../samples/${name}.lrk`));

it('With bitDepth 8, samples of 16 bits are rounded to 8, and those of 8 bits stay', () => {
  const deep = sample('dusk-rgb16');
  const { data } = decode(deep);
  const eight = decode(deep, { bitDepth: 8 });
  expect(eight.bitDepth).toBe(8);
  expect(eight.data).toBeInstanceOf(Uint8ClampedArray);
  expect([...eight.data]).toEqual(Array.from(data, value => Math.round((value * 255) / 65_535)));
  const decoder = createDecoder({ bitDepth: 8, scale: 4 });
  decoder.push(deep);
  expect(decoder.picture()).toEqual(decode(deep, { bitDepth: 8, scale: 4 }));
  expect(decode(sample('scene'), { bitDepth: 8 })).toEqual(decode(sample('scene')));
});

it('Another depth is refused', () => {
  expect(() => decode(sample('scene'), { bitDepth: 16 as 8 })).toThrow(
    expect.objectContaining({ code: 'OPTION', field: 'bitDepth', got: 16 }),
  );
});
