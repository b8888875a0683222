import type { Raster } from '../core/raster.js';
import type { SharpFunction } from '../io/engine.js';
import type { Measurement, Peer } from './measurement.js';
import { encodeWithPeer } from './peer-points.js';

/** Another codec's version of a picture, with about as many bytes as lowrank's. */
export interface PeerPicture {
  peer: Peer;
  file: Uint8Array;
  /** dB over all colour samples. */
  psnr: number;
}

/** Settings tried for one picture, and the share of the bytes within which a file is near enough. */
const [TRIES, NEAR] = [6, 0.01];

/** Each peer's picture with the nearest number of bytes, at settings 1 to 100. A peer that cannot hold the picture is left out. */
export async function peerPictures(
  sharp: SharpFunction,
  raster: Raster,
  { peers }: Pick<Measurement, 'peers'>,
  bytes: number,
): Promise<PeerPicture[]> {
  const names = (Object.keys(peers) as Peer[]).filter(peer => peers[peer]!.length > 0);
  return Promise.all(names.map(peer => nearest(sharp, raster, peer, bytes)));
}

/** Halves the range of settings until the bytes are near. */
async function nearest(
  sharp: SharpFunction,
  raster: Raster,
  peer: Peer,
  bytes: number,
): Promise<PeerPicture> {
  let [low, high] = [1, 100];
  let best: (PeerPicture & { miss: number }) | undefined;
  for (let tries = 0; tries < TRIES && low <= high; tries++) {
    const quality = (low + high) >> 1;
    const { file, psnr } = await encodeWithPeer(sharp, raster, peer, quality);
    const miss = Math.abs(file.length - bytes);
    if (!best || miss < best.miss) best = { peer, file, psnr, miss };
    if (miss <= NEAR * bytes) break;
    if (file.length > bytes) high = quality - 1;
    else low = quality + 1;
  }
  const { peer: peerName, file, psnr } = best!;
  return { peer: peerName, file, psnr };
}
