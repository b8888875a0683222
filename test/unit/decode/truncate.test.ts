import { decode, encode, inspect, truncate, verify } from 'lowrank';
import { expect, it } from 'vitest';
import type { Extension } from '../../../src/format/extension.js';
import { readHeader } from '../../../src/format/read-header.js';
import { withHeader } from '../../fuzz/files.js';
import { draw } from '../../properties/codec-rasters.js';

const plain = encode(draw(40, 30, 4, 8, 'photo'), { quality: 90 });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const extension = (type: number, text: string): Extension => {
  const bytes = bytesOf(text);
  return { type, length: bytes.length, bytes };
};
/** With extensions of unknown types, before the stream and behind it. */
const extended = withHeader(
  plain,
  {
    extensions: [
      extension(1, 'EXIF'),
      extension(100, 'from later'),
      extension(3, 'XMP'),
      extension(101, 'it too'),
      extension(0, 'ICC'),
    ],
  },
  true,
);

it('A missing target is refused, and so are several', () => {
  for (const target of [undefined, null, {}, { rank: 3, size: 900 }])
    expect(() => truncate(plain, target as { rank: number })).toThrow(
      expect.objectContaining({
        code: 'OPTION',
        field: 'target',
        expected: 'one of rank, psnr, scale, size',
      }),
    );
});

it('The result has its own memory, even if nothing is left out of a Buffer of Node', () => {
  const given = Buffer.from(plain);
  const cut = truncate(given, { rank: 64 });
  expect(cut).toEqual(plain);
  cut.fill(0);
  expect(Uint8Array.from(given)).toEqual(plain);
});

it('A file with unknown extensions decodes as without them', () => {
  expect(decode(extended)).toEqual(decode(plain));
  expect(inspect(extended).metadata).toEqual({
    icc: bytesOf('ICC'),
    exif: bytesOf('EXIF'),
    xmp: bytesOf('XMP'),
  });
  expect(verify(extended).damage).toEqual([]);
});

it('Truncating keeps unknown extensions', () => {
  const { layers } = inspect(extended);
  expect(layers.length).toBeGreaterThan(2);
  const cut = truncate(extended, { psnr: layers[1]!.psnr });
  expect(inspect(cut)).toMatchObject({ complete: true, metadata: inspect(extended).metadata });
  expect(inspect(cut).layers).toHaveLength(2);
  expect(inspect(cut).psnrAlpha).toBeUndefined();
  expect(decode(cut)).toEqual(decode(plain.subarray(0, inspect(plain).layers[1]!.bytes)));
  const text = Buffer.from(cut).toString('latin1');
  for (const part of ['from later', 'it too']) expect(text).toContain(part);
  expect(readHeader(cut).header.extensions.map(({ type }) => type)).toEqual([1, 100, 3, 101, 0]);
});

it('Extensions that have not arrived yet are left out', () => {
  const { layers } = inspect(extended);
  const cut = truncate(extended.subarray(0, layers[1]!.bytes), { rank: 64 });
  expect(inspect(cut)).toMatchObject({ complete: true, metadata: { icc: bytesOf('ICC') } });
  expect(readHeader(cut).header.extensions.map(({ type }) => type)).toEqual([100, 0]);
  expect(verify(cut)).toMatchObject({ complete: true, layers: 2, sound: 2, damage: [] });
});
