import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { decode, type Raster } from '../../dist/index.js';
import { ssimulacra2Against } from '../../dist/node/index.js';

/** Bytes of a sample as lowrank, and of the smallest file of other codecs of at least the same quality; missing if none is as good. */
export interface PeerBytes {
  /** SSIMULACRA 2 of lowrank's, at most 100; the others' is at least this. */
  score: number;
  lowrank: number;
  avif?: number;
  jpeg?: number;
}

const PEERS: Record<'avif' | 'jpeg', (image: Sharp, quality: number) => Sharp> = {
  avif: (image, quality) => image.avif({ quality, effort: 4 }),
  jpeg: (image, quality) =>
    image.jpeg({ quality, mozjpeg: true, chromaSubsampling: quality > 90 ? '4:4:4' : '4:2:0' }),
};

/** Compares a sample without alpha. */
export async function peerBytes(name: string): Promise<PeerBytes> {
  const path = (type: string): string => join(import.meta.dirname, '..', `${name}.${type}`);
  const file = await readFile(path('lrk'));
  const source = await readFile(path('png'));
  const scoreOf = await ssimulacra2Against(await rasterOf(sharp(source)));
  const score = scoreOf(decode(file, { channels: 'file' }))!;
  const bytes: PeerBytes = { score, lowrank: file.length };
  for (const [peer, encoder] of Object.entries(PEERS)) {
    let [low, high] = [1, 101];
    while (low < high) {
      const quality = (low + high) >> 1;
      const made = await encoder(sharp(source), quality).toBuffer();
      if (scoreOf(await rasterOf(sharp(made)))! >= score) {
        bytes[peer as 'avif' | 'jpeg'] = made.length;
        high = quality;
      } else low = quality + 1;
    }
  }
  return bytes;
}

async function rasterOf(image: Sharp): Promise<Raster> {
  const { data, info } = await image
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, channels: 3, bitDepth: 8, data };
}
