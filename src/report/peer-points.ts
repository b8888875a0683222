import type { Sharp } from 'sharp';
import { hasAlpha, type Raster } from '../core/raster.js';
import type { SharpFunction } from '../io/engine.js';
import { convertRaster } from '../io/raster/convert-raster.js';
import type { Score } from '../io/score/ssimulacra2.js';
import { bitsPerPixel } from '../metrics/bits-per-pixel.js';
import { psnr } from '../metrics/psnr.js';
import type { MeasuredPoint, Peer } from './measurement.js';

/** Settings by rising quality, and how sharp writes each, with the options used in bench/README.md. */
const CODECS: Readonly<
  Record<Peer, { ladder: readonly number[]; write: (image: Sharp, quality: number) => Sharp }>
> = {
  jpeg: {
    ladder: [1, 5, 10, 18, 30, 45, 60, 75, 88, 95],
    write: (image, quality) => image.jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:2:0' }),
  },
  webp: {
    ladder: [1, 8, 20, 40, 60, 75, 88, 95, 100],
    write: (image, quality) => image.webp({ quality, alphaQuality: quality, effort: 6, exact: true }),
  },
  avif: {
    ladder: [1, 12, 26, 42, 58, 74, 90],
    write: (image, quality) => image.avif({ quality, effort: 4, chromaSubsampling: '4:4:4', bitdepth: 8 }),
  },
};

/** Encoders of pictures with more pixels take much memory each: only two run at a time. */
const LARGE = 2_000_000;
const AT_ONCE = 2;
/** Stands for a channel number. */
const OPAQUE = -1;

/**
 * A peer's points over its settings: bits a pixel of the whole file, PSNR and, with `score`, SSIMULACRA 2 of the decoded file. It gets 16
 * bits as 8, and must hold alpha, which JPEG cannot: no points. `onPoint` is called after each setting.
 */
export async function peerPoints(
  sharp: SharpFunction,
  raster: Raster,
  peer: Peer,
  onPoint: () => void,
  score?: Score,
): Promise<MeasuredPoint[]> {
  const { ladder } = CODECS[peer];
  if (peer === 'jpeg' && hasAlpha(raster.channels)) return [];
  const { width, height } = raster;
  const measure = async (quality: number): Promise<MeasuredPoint> => {
    const { file, picture, psnr: metric } = await encodeWithPeer(sharp, raster, peer, quality);
    const ssimulacra2 = score?.(picture);
    onPoint();
    return {
      bpp: bitsPerPixel(file.length, width, height),
      metric,
      ...(ssimulacra2 !== undefined && { ssimulacra2 }),
    };
  };
  if (width * height <= LARGE) return Promise.all(ladder.map(measure));
  const points: MeasuredPoint[] = [];
  for (let i = 0; i < ladder.length; i += AT_ONCE)
    points.push(...(await Promise.all(ladder.slice(i, i + AT_ONCE).map(measure))));
  return points;
}

/** A peer's file at one setting, 1 to 100, its decoded picture, and its PSNR in dB. It gets 16 bits as 8. */
export async function encodeWithPeer(
  sharp: SharpFunction,
  raster: Raster,
  peer: Peer,
  quality: number,
): Promise<{ file: Uint8Array; picture: Raster; psnr: number }> {
  const { width, height, channels } = raster;
  const { data } = convertRaster(raster, channels, 8);
  const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const image = sharp(source, { raw: { width, height, channels }, limitInputPixels: false });
  const file = await CODECS[peer].write(image, quality).toBuffer();
  const picture = await decoded(sharp, file, raster);
  return { file, picture, psnr: psnr(raster, picture).psnr };
}

/** The number of settings a peer is measured at. */
export const settingsOf = (peer: Peer): number => CODECS[peer].ladder.length;

/** The samples of a peer's file in the shape of the original. Grey comes back as grey, or as three equal channels. */
async function decoded(sharp: SharpFunction, file: Uint8Array, like: Raster): Promise<Raster> {
  const image = sharp(file, { limitInputPixels: false }).raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  const { width, height, channels, bitDepth } = like;
  const from = Array.from({ length: channels }, (_, c) => (info.channels < 3 ? 0 : c));
  // Alpha that is opaque everywhere is not written.
  if (hasAlpha(channels)) from[channels - 1] = hasAlpha(info.channels) ? info.channels - 1 : OPAQUE;
  const out = new (bitDepth === 16 ? Uint16Array : Uint8Array)(width * height * channels);
  const scale = bitDepth === 16 ? 257 : 1;
  for (let p = 0, to = 0; p < width * height; p++)
    for (const c of from) out[to++] = (c === OPAQUE ? 255 : data[p * info.channels + c]!) * scale;
  return { width, height, channels, bitDepth, data: out };
}
