import { expect, test } from 'vitest';
import { encodeFile, encodeImage, resizeRaster } from '../../../src/io/index.js';
import { smooth } from './pictures.js';

test('A box has whole sides from 1 up, or leaves one open', async () => {
  const raster = smooth(16, 8);
  for (const [box, width, height] of [
    [{ width: 4 }, 4, 2],
    [{ width: undefined, height: 4 }, 8, 4],
    [{}, 16, 8],
  ] as const)
    expect(await resizeRaster(raster, box)).toMatchObject({ width, height });
  for (const got of [0, -5, 1.5, Number.NaN, '4' as unknown as number])
    await expect(resizeRaster(raster, { width: got })).rejects.toMatchObject({
      code: 'OPTION',
      field: 'width',
      got,
    });
  const png = (await encodeImage(raster)).bytes;
  await expect(encodeFile(png, undefined, { resize: { height: 0 } })).rejects.toMatchObject({
    code: 'OPTION',
    field: 'height',
  });
  await expect(resizeRaster({ ...raster, width: 15 }, { width: 4 })).rejects.toMatchObject({
    code: 'RASTER',
  });
});
