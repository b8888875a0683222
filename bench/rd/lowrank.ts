import type { Raster } from '../../src/core/raster.js';
import { decode, type EncodeOptions, encode, inspect } from '../../src/index.js';
import type { Codec, Coded } from './codecs.js';
import { psnrRgb, rasterOf } from './pictures.js';

/** Qualities in rising order; a busy picture needs few of the high ones, a calm one all. */
const LADDER = [10, 22, 34, 45, 56, 67, 77, 87, 94, 98];

/** Bits a pixel after which the ladder says nothing more about the ranges compared. */
const ENOUGH = 2.5;

/** Most the PSNR in a header may differ from the one of the decoded pixels, dB. */
const HEADER_TOLERANCE = 0.001;

const NAME =
  /^lowrank(?:-(?<layout>channel))?(?:-(?<basis>dct|svd))?(?:-(?<tune>visual|psnr))?(?:-e(?<effort>[1-9]))?$/;

/** Options of {@link encode} that a name such as `lowrank-channel-svd-e9` stands for; throws on any other name. */
export function optionsOf(name: string): EncodeOptions {
  const groups = NAME.exec(name)?.groups;
  if (!groups) throw new Error(`${name}: expected lowrank[-channel][-dct|-svd][-ssim][-e1..9]`);
  const { layout, basis, tune, effort } = groups;
  return {
    ...(layout && { layout: layout as 'channel' }),
    ...(basis && { basis: basis as 'dct' | 'svd' }),
    ...(tune && { tune: tune as 'visual' }),
    ...(effort && { effort: Number(effort) }),
  };
}

/** RGB of what {@link decode} gives: its default is four samples a pixel. */
export function rgbOf({ data, channels }: Raster): Uint8Array {
  const pixels = data.length / channels;
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) for (let c = 0; c < 3; c++) rgb[3 * i + c] = data[channels * i + c]!;
  return rgb;
}

/** Throws if the header of a file promises another PSNR than its decoded pixels have. */
export function checkHeader(file: Uint8Array, measured: number): void {
  const stated = Math.min(inspect(file).psnr, 138.13);
  if (Math.abs(stated - Math.min(measured, 138.13)) > HEADER_TOLERANCE)
    throw new Error(`the header says ${stated} dB, the decoded pixels have ${measured}`);
}

/** Our codec under that name, its figures taken from really decoded files. */
export function lowrankCodec(name: string): Codec {
  const options = optionsOf(name);
  return {
    ladder: LADDER,
    enough: ENOUGH,
    async run(picture, quality): Promise<Coded> {
      const start = performance.now();
      const file = encode(rasterOf(picture), { ...options, quality });
      const coded = performance.now();
      const decoded = decode(file);
      const decodeMs = performance.now() - coded;
      const data = rgbOf(decoded);
      checkHeader(file, psnrRgb(picture.data, data));
      return { bytes: file.length, data, encodeMs: coded - start, decodeMs };
    },
  };
}
