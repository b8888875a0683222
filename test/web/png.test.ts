import { encode, type Picture } from 'lowrank';
import { decode } from 'lowrank/decode';
import { readImage } from 'lowrank/node';
import { expect, it } from 'vitest';
import { toPng } from '../../src/web/png.js';
import { draw } from '../properties/codec-rasters.js';

it.each([
  [1, 8],
  [2, 8],
  [3, 8],
  [4, 8],
  [1, 16],
  [2, 16],
  [3, 16],
  [4, 16],
] as const)('A PNG of %i samples a pixel of %i bits has the samples of the picture', async (channels, bits) => {
  const picture = decode(encode(draw(23, 17, channels, bits, 'photo'), { quality: 80 }), {
    channels: 'file',
  });
  const png = await toPng(picture as Picture);
  expect(png.type).toBe('image/png');
  const { raster } = await readImage(new Uint8Array(await png.arrayBuffer()));
  expect([raster.width, raster.height, raster.channels, raster.bitDepth]).toEqual([23, 17, channels, bits]);
  expect(Array.from(raster.data)).toEqual(Array.from(picture.data));
});

it('A PNG has the colour information of the file: ICC profile and code points', async () => {
  const { width, height, data } = draw(8, 8, 3, 8, 'waves');
  const icc = Uint8Array.from({ length: 400 }, (_, i) => (i * 7) % 256);
  const png = await toPng(
    { width, height, channels: 3, bitDepth: 8, data: Uint8ClampedArray.from(data), rank: 1 },
    { icc, cicp: Uint8Array.of(12, 13, 0, 1) },
  );
  const bytes = Buffer.from(await png.arrayBuffer());
  const points = bytes.indexOf('cICP');
  expect([...bytes.subarray(points + 4, points + 8)]).toEqual([12, 13, 0, 1]);
  const at = bytes.indexOf('iCCP');
  const length = bytes.readUInt32BE(at - 4);
  const body = bytes.subarray(at + 4 + 5, at + 4 + length);
  const { inflateSync } = await import('node:zlib');
  expect(new Uint8Array(inflateSync(body))).toEqual(icc);
});
