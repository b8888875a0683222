import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import decodeAvif, { init as initAvifDecoder } from '@jsquash/avif/decode.js';
import encodeAvif, { init as initAvifEncoder } from '@jsquash/avif/encode.js';
import { decode, encode } from 'lowrank';
import { decode as decodePlainly } from 'lowrank/decode';
import sharp, { type Sharp } from 'sharp';
import { rgbOf } from '../rd/lowrank.js';
import { decodeRgb, type Rgb, rasterOf } from '../rd/pictures.js';

/** A codec whose speed is measured, on one thread. */
export interface Contestant {
  name: string;
  /** `quality` is a whole number from 1 to 99; larger gives larger files. */
  encode(picture: Rgb, quality: number): Promise<Uint8Array> | Uint8Array;
  /** Decodes to samples in memory, as its users would. */
  decode(file: Uint8Array): unknown;
  /** The same as width x height x 3 samples, to check the round trip; not timed. */
  toRgb(file: Uint8Array, picture: Rgb): Promise<Uint8Array> | Uint8Array;
}

const ours = (effort?: number): Contestant => ({
  name: effort === undefined ? 'lowrank' : `lowrank effort ${effort}`,
  encode: (picture, quality) =>
    encode(rasterOf(picture), { quality, ...(effort !== undefined && { effort }) }),
  decode: file => decode(file),
  toRgb: file => rgbOf(decode(file)),
});

/** The same, decoded as in pages: in JavaScript alone. */
const plain: Contestant = {
  ...ours(),
  name: 'lowrank/decode, JavaScript',
  decode: file => decodePlainly(file),
};

const throughSharp = (name: string, write: (image: Sharp, quality: number) => Sharp): Contestant => ({
  name: `${name}, sharp`,
  encode: ({ data, width, height }, quality) =>
    write(sharp(data, { raw: { width, height, channels: 3 } }), quality).toBuffer(),
  decode: file => sharp(file).raw().toBuffer(),
  toRgb: (file, { width, height }) => decodeRgb(file, width, height),
});

/** AVIF as WebAssembly, libaom at its default speed (6), 4:4:4. */
async function avifInWasm(): Promise<Contestant> {
  const { resolve } = createRequire(import.meta.url);
  const compile = async (file: string): Promise<WebAssembly.Module> =>
    WebAssembly.compile(await readFile(resolve(`@jsquash/avif/codec/${file}`)));
  await initAvifDecoder(await compile('dec/avif_dec.wasm'));
  await initAvifEncoder(await compile('enc/avif_enc.wasm'));
  const CHROMA_444 = 3;
  return {
    name: 'avif, @jsquash (WASM)',
    async encode(picture, quality) {
      const { width, height } = picture;
      const data = new Uint8ClampedArray(4 * width * height).fill(255);
      for (let i = 0; i < width * height; i++)
        for (let c = 0; c < 3; c++) data[4 * i + c] = picture.data[3 * i + c]!;
      const image = { data, width, height, colorSpace: 'srgb' } as ImageData;
      return new Uint8Array(await encodeAvif(image, { quality, subsample: CHROMA_444 }));
    },
    decode: file => decodeAvif(toArrayBuffer(file)),
    async toRgb(file) {
      const { data, width, height } = (await decodeAvif(toArrayBuffer(file)))!;
      return rgbOf({ data: new Uint8Array(data.buffer), width, height, channels: 4, bitDepth: 8 });
    },
  };
}

const toArrayBuffer = (file: Uint8Array): ArrayBuffer => new Uint8Array(file).buffer;

/** Ours first (at further efforts too, if given), then the others. sharp is limited to one thread. */
export async function contestants(efforts: readonly number[]): Promise<Contestant[]> {
  sharp.concurrency(1);
  sharp.cache(false);
  return [
    ours(),
    ...efforts.map(ours),
    plain,
    await avifInWasm(),
    throughSharp('avif 4:4:4 effort 4', (image, quality) =>
      image.avif({ quality, effort: 4, chromaSubsampling: '4:4:4', bitdepth: 8 }),
    ),
    throughSharp('webp effort 6', (image, quality) => image.webp({ quality, effort: 6 })),
    throughSharp('webp effort 4', (image, quality) => image.webp({ quality, effort: 4 })),
    throughSharp('mozjpeg 4:2:0', (image, quality) =>
      image.jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:2:0' }),
    ),
    throughSharp('jpeg 4:2:0', (image, quality) => image.jpeg({ quality, chromaSubsampling: '4:2:0' })),
  ];
}
