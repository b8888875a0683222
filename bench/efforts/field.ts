import { decode, encode } from 'lowrank';
import { PAPER } from '../../src/report/paper.js';
import type { Codec } from '../rd/codec.js';
import { rgbOf } from '../rd/lowrank.js';
import { avif, hasJpegXl, jpegXl, webp } from '../rd/peers.js';
import { rasterOf } from '../rd/pictures.js';

/** A codec at one of its efforts. */
export interface Entry {
  /** Name in the rows. */
  name: string;
  effort: number;
  codec: Pick<Codec, 'encode' | 'encodeTimed' | 'decode'>;
  /** In rising order of rate, from about 0.2 to 2 bits a pixel of a photo. */
  settings: readonly number[];
}

/** A codec at all its efforts, the fastest first. */
export interface Family {
  title: string;
  colour: string;
  entries: Entry[];
}

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The built package with its kernels, as users have it. */
const ours = (effort: number, tune: 'visual' | 'psnr'): Entry['codec'] => ({
  encode: async (picture, quality) => encode(rasterOf(picture), { quality, tune, effort }),
  decode: async file => rgbOf(decode(file)),
});

const family = (
  title: string,
  colour: string,
  name: string,
  efforts: readonly number[],
  settings: readonly number[],
  codec: (effort: number) => Entry['codec'],
): Family => ({
  title,
  colour,
  entries: efforts.map(effort => ({ name: `${name}-e${effort}`, effort, settings, codec: codec(effort) })),
});

/** lowrank at all its efforts. */
export const ourFamily = (tune: 'visual' | 'psnr'): Family =>
  family('lowrank', PAPER.series[0]!, `lowrank-${tune}`, upTo(1, 9), [40, 60, 75, 88], effort =>
    ours(effort, tune),
  );

/** The others, at their efforts up to `most`; JPEG XL if its commands are installed. */
export function peerFamilies(most: number): Family[] {
  const efforts = (first: number, last: number): number[] => upTo(first, Math.min(last, most));
  return [
    family('AVIF 4:4:4', PAPER.series[1]!, 'avif', efforts(0, 8), [32, 48, 62, 76], effort =>
      avif({ chromaSubsampling: '4:4:4', effort }),
    ),
    family('WebP', PAPER.series[2]!, 'webp', efforts(0, 6), [25, 60, 82, 94], effort =>
      webp({ effort, smartSubsample: true }),
    ),
    ...(hasJpegXl()
      ? [family('JPEG XL', PAPER.series[3]!, 'jxl', efforts(1, 9), [5.5, 3, 1.7, 0.9], jpegXl)]
      : []),
  ];
}
