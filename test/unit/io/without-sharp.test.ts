import Module from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertMetadata } from '../../../src/io/formats/png-chunks.js';
import { encodeImage, readImage } from '../../../src/io/index.js';

/** The function that `require` calls with the name of a module. */
const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
const load = loader._load;

// As on a machine without a binary of sharp. Nothing here may import sharp itself.
beforeAll(() => {
  loader._load = (name, ...rest) => {
    if (name === 'sharp') throw new Error('Could not load the "sharp" module');
    return load(name, ...rest);
  };
});
afterAll(() => {
  loader._load = load;
});

const raster = {
  width: 2,
  height: 1,
  channels: 4,
  bitDepth: 16,
  data: Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 65_535),
} as const;

test('PNG can still be read and written, with 16 bits and metadata', async () => {
  const xmp = Buffer.from('<x/>');
  const { bytes } = await encodeImage(raster, { metadata: { xmp } });
  const image = await readImage(bytes);
  expect(image.raster).toEqual(raster);
  expect(Buffer.from(image.metadata.xmp!).toString()).toBe('<x/>');
});

test('A colour that tRNS makes transparent keeps its value', async () => {
  // 1 x 1, 8-bit RGB, tRNS naming its one colour; sharp reads such files so
  const { bytes } = await encodeImage({
    width: 1,
    height: 1,
    channels: 3,
    bitDepth: 8,
    data: Uint8Array.of(9, 8, 7),
  });
  const header = Buffer.from(insertMetadata(bytes, {}));
  const keyed = Buffer.concat([
    header.subarray(0, 33),
    Buffer.from('0000000674524e53000900080007', 'hex'),
    crcOf(Buffer.from('74524e53000900080007', 'hex')),
    header.subarray(33),
  ]);
  expect((await readImage(keyed)).raster).toMatchObject({ channels: 4, data: Uint8Array.of(9, 8, 7, 0) });
});

test('Other formats are refused with a reason', async () => {
  const reason = /^without sharp only PNG/;
  await expect(encodeImage(raster, { format: 'avif' })).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    reason: expect.stringMatching(reason),
  });
  await expect(readImage(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    reason: expect.stringMatching(reason),
  });
  await expect(encodeImage(raster, { engine: 'sharp' })).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    path: 'sharp',
  });
});

/** CRC-32 as PNG stores it, by its definition, bit by bit. */
function crcOf(bytes: Uint8Array): Buffer {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  const out = Buffer.alloc(4);
  out.writeUInt32BE(~c >>> 0);
  return out;
}
