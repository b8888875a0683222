import { join } from 'node:path';
import { type EncodeOptions, encode, encodePlaceholder, type PlaceholderOptions } from 'lowrank';
import { readImage } from 'lowrank/node';
import { SAMPLES } from './describe.js';

/** Files with settings that the samples do not have, beside this one as NAME.lrk: a sample, and how it is encoded. */
export const VARIANTS: Record<
  string,
  [sample: string, options: EncodeOptions | { placeholder: PlaceholderOptions }]
> = {
  'relief-layout-channel': ['relief-grey', { layout: 'channel', quality: 40 }],
  'smoke-layout-channel': ['smoke-grey-alpha', { layout: 'channel', size: 3000 }],
  'tiny-layout-channel': ['tiny-7x5', { layout: 'channel' }],
  'weave-exact-basis': ['weave', { basis: 'svd', rank: 6, quality: 50 }],
  'dusk-60-dB': ['dusk-rgb16', { psnr: 60 }],
  'shapes-4000-bytes': ['shapes-rgba', { size: 4000, effort: 9 }],
  'tiny-effort-1': ['tiny-1x300', { effort: 1, quality: 95, basis: 'dct' }],
  'scene-parts': ['scene', { partSize: 256, quality: 60 }],
  'brick-placeholder': ['brick', { placeholder: { size: 60 } }],
  'shapes-placeholder': ['shapes-rgba', { placeholder: { size: 300 } }],
};

export async function encodeVariant(name: string): Promise<Uint8Array> {
  const [sample, options] = VARIANTS[name]!;
  const { raster } = await readImage(join(SAMPLES, `${sample}.png`));
  return 'placeholder' in options ? encodePlaceholder(raster, options.placeholder) : encode(raster, options);
}
