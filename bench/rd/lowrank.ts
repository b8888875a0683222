import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Raster } from '../../src/core/raster.js';
import { decode, type EncodeOptions, encode, inspect } from '../../src/index.js';
import type { Codec } from './codec.js';
import { rasterOf } from './pictures.js';

/** Tunes of the codec, by their names in the rows: `lowrank` is the default tune. */
export const TUNES = ['lowrank', 'lowrank-psnr'] as const;

/** The pattern of our names. */
export const NAMES = 'lowrank[-channel][-dct|-svd][-psnr|-visual][-e1..9]';

/** Qualities in rising order; a busy picture needs few of the high ones, a smooth one all. */
const LADDER = [22, 36, 48, 58, 67, 76, 84, 91, 97];

/** Largest difference between the PSNR in a header and that of the decoded pixels, dB. */
const HEADER_TOLERANCE = 0.001;
/** PSNR that stands for exact, dB: an error of 1e-9. */
const EXACT = 138.13;

const NAME =
  /^lowrank(?:-(?<layout>channel))?(?:-(?<basis>dct|svd))?(?:-(?<tune>psnr|visual))?(?:-e(?<effort>[1-9]))?$/;

/** Options of {@link encode} that a name such as `lowrank-channel-svd-e9` stands for; throws on any other name. */
export function optionsOf(name: string): EncodeOptions {
  const groups = NAME.exec(name)?.groups;
  if (!groups) throw new Error(`${name}: expected ${NAMES}`);
  const { layout, basis, tune, effort } = groups;
  return {
    ...(layout && { layout: layout as EncodeOptions['layout'] }),
    ...(basis && { basis: basis as EncodeOptions['basis'] }),
    ...(tune && { tune: tune as EncodeOptions['tune'] }),
    ...(effort && { effort: Number(effort) }),
  };
}

/** RGB of the output of {@link decode}, which has four samples a pixel by default. */
export function rgbOf({ data, channels }: Raster): Uint8Array {
  const pixels = data.length / channels;
  const rgb = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) for (let c = 0; c < 3; c++) rgb[3 * i + c] = data[channels * i + c]!;
  return rgb;
}

/** Our codec under that name. */
export function lowrankCodec(name: string): Codec {
  const options = optionsOf(name);
  return {
    get identity() {
      return `lowrank ${sourceDigest()} ${JSON.stringify(options)}`;
    },
    ladder: LADDER,
    encode: async (picture, quality) => encode(rasterOf(picture), { ...options, quality }),
    decode: async file => rgbOf(decode(file)),
    check(file, measured) {
      const stated = inspect(file).psnr;
      if (Math.abs(Math.min(stated, EXACT) - Math.min(measured, EXACT)) > HEADER_TOLERANCE)
        throw new Error(`the header says ${stated} dB, the decoded pixels have ${measured}`);
    },
  };
}

const SOURCES = new URL('../../src/', import.meta.url).pathname;
let digest: string | undefined;

/** Hash of all sources of the codec, so that rows of another encoder are never taken for those of this one. */
function sourceDigest(): string {
  if (digest) return digest;
  const hash = createHash('sha256');
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.ts'),
  );
  for (const name of files.sort()) hash.update(`${name}\0`).update(readFileSync(path.join(SOURCES, name)));
  digest = hash.digest('hex').slice(0, 16);
  return digest;
}
