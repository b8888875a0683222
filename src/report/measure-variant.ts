import { setImmediate as turn } from 'node:timers/promises';
import type { Raster } from '../core/raster.js';
import { decode, inspect } from '../decode/index.js';
import { truncate } from '../decode/truncate.js';
import { encode } from '../encode/encode.js';
import type { Score } from '../io/score/ssimulacra2.js';
import { bdRate } from '../metrics/bd-rate.js';
import { bitsPerPixel } from '../metrics/bits-per-pixel.js';
import { msSsim } from '../metrics/ms-ssim.js';
import { psnr } from '../metrics/psnr.js';
import { ssim } from '../metrics/ssim.js';
import { dissect } from '../spectra/dissect.js';
import type { Dissection } from '../spectra/dissection.js';
import { type ChannelEnergy, energyKept } from '../spectra/energy-kept.js';
import { factorBytes } from '../spectra/factor-bytes.js';
import { keptEnergies } from '../spectra/kept-energies.js';
import { recode } from '../spectra/recode.js';
import type { Basis, MeasuredPoint, Measurement, Peer, Rates, Row, Variant } from './measurement.js';
import { rateCurve } from './rate-curve.js';

/** How a variant is encoded and measured. */
export interface VariantSettings {
  layout: Variant['layout'];
  basis: Basis;
  quality: number;
  /** In rising order. */
  ranks: readonly number[];
  /** SSIMULACRA 2 of a decoded picture. */
  score?: Score;
  signal?: AbortSignal;
}

/** A variant before comparison with peers. */
export type OwnVariant = Omit<Variant, 'rows' | 'bdRates'> & { rows: Omit<Row, 'peers'>[] };

/** Qualities at which the codec itself is measured: about 0.1 to 2.5 bits a pixel of a photograph. */
export const QUALITIES = [15, 35, 55, 75, 88] as const;

/** Range of SSIMULACRA 2 in which codecs are compared: fair to hard to tell apart. */
const SCORES = [50, 90] as const;

/**
 * Encodes a picture once and measures its ranks; with `byQuality`, also the codec's own curve. `onStep` is called after each encoding and
 * each row.
 */
export async function measureVariant(
  raster: Raster,
  settings: VariantSettings,
  byQuality: boolean,
  onStep: () => void,
): Promise<OwnVariant> {
  const { layout, basis, quality, ranks, score, signal } = settings;
  const step = async <T>(work: () => T): Promise<T> => {
    const done = work();
    onStep();
    // Lets the encoders of peers, on other threads, have a turn.
    await turn();
    signal?.throwIfAborted();
    return done;
  };
  const file = await step(() => encode(raster, { layout, basis, quality, rank: ranks.at(-1)! }));
  const parts = dissect(file);
  const energies = keptEnergies(raster, parts);
  const rows: OwnVariant['rows'] = [];
  for (const rank of new Set(ranks.map(asked => Math.min(asked, parts.columns))))
    rows.push(await step(() => measureRow(raster, file, parts, energies, rank, score)));
  const qualities: MeasuredPoint[] = [];
  for (const at of byQuality ? QUALITIES : [])
    qualities.push(await step(() => pointOf(raster, encode(raster, { layout, basis, quality: at }), score)));
  const kept = Array.from({ length: parts.columns }, (_, i) => energyKept(energies, i + 1));
  return { layout, basis, file, rank: parts.columns, rows, energyKept: kept, qualities };
}

function measureRow(
  raster: Raster,
  file: Uint8Array,
  parts: Dissection,
  energies: readonly ChannelEnergy[],
  rank: number,
  score?: VariantSettings['score'],
): Omit<Row, 'peers'> {
  const { width, height } = raster;
  const picture = decode(file, { rank, channels: 'file' });
  const bytes = rank < parts.columns ? recode(parts, raster, rank).length : file.length;
  const structure = ssim(raster, picture);
  const scales = msSsim(raster, picture);
  const points = score?.(picture);
  const prefix = prefixOf(raster, file, rank);
  const quality = psnr(raster, picture).psnr;
  return {
    rank,
    bytes,
    bpp: bitsPerPixel(bytes, width, height),
    psnr: quality,
    ...(structure !== undefined && { ssim: structure }),
    ...(scales !== undefined && { msSsim: scales }),
    ...(points !== undefined && { ssimulacra2: points }),
    // of an exact picture everything is kept, whatever its quantised columns sum to
    energyKept: quality === Number.POSITIVE_INFINITY ? 1 : energyKept(energies, rank),
    factorBytes: factorBytes(parts, rank),
    ...(prefix && { prefix }),
  };
}

/** The prefix up to this rank; undefined if the first layer has more columns, or if the file is so small that it has no layers. */
function prefixOf(raster: Raster, file: Uint8Array, rank: number): Row['prefix'] {
  if (!inspect(file).layers.some(layer => layer.rank <= rank)) return undefined;
  const bytes = truncate(file, { rank });
  const picture = decode(bytes, { channels: 'file' });
  return { rank: picture.rank, bytes: bytes.length, psnr: psnr(raster, picture).psnr };
}

function pointOf(raster: Raster, file: Uint8Array, score?: Score): MeasuredPoint {
  const { width, height } = raster;
  const picture = decode(file, { channels: 'file' });
  const ssimulacra2 = score?.(picture);
  return {
    bpp: bitsPerPixel(file.length, width, height),
    metric: psnr(raster, picture).psnr,
    ...(ssimulacra2 !== undefined && { ssimulacra2 }),
  };
}

/** Compares a variant with the peers. */
export function compareVariant(variant: OwnVariant, peers: Measurement['peers'], pixels: number): Variant {
  const names = Object.keys(peers) as Peer[];
  const curves = names.map(peer => ({
    peer,
    points: peers[peer]!,
    byPsnr: rateCurve(peers[peer]!),
    byScore: rateCurve(scored(peers[peer]!)),
  }));
  const rows = variant.rows.map(row => {
    const against: Row['peers'] = {};
    for (const { peer, byPsnr, byScore } of curves) {
      const reached = byPsnr.qualityAt(row.bpp);
      const ssimulacra2 = byScore.qualityAt(row.bpp);
      const bpp = byPsnr.bppAt(row.psnr);
      against[peer] = {
        ...(reached !== undefined && { psnr: reached }),
        ...(ssimulacra2 !== undefined && { ssimulacra2 }),
        ...(bpp !== undefined && { bytes: Math.round((bpp * pixels) / 8) }),
      };
    }
    return { ...row, peers: against };
  });
  const ranks = rows.map(({ psnr: metric, ...row }) => ({ ...row, metric }));
  const bdRates: Variant['bdRates'] = {};
  for (const { peer, points: anchor } of curves) {
    const ssimulacra2 = ratesOf(scored(ranks), scored(variant.qualities), scored(anchor), SCORES);
    bdRates[peer] = {
      ...ratesOf(ranks, variant.qualities, anchor),
      ...(Object.keys(ssimulacra2).length > 0 && { ssimulacra2 }),
    };
  }
  return { ...variant, rows, bdRates };
}

/** Points by SSIMULACRA 2 instead of PSNR; points without it are left out. */
const scored = (points: readonly MeasuredPoint[]): MeasuredPoint[] =>
  points.flatMap(({ bpp, ssimulacra2 }) => (ssimulacra2 === undefined ? [] : [{ bpp, metric: ssimulacra2 }]));

function ratesOf(
  ranks: readonly MeasuredPoint[],
  qualities: readonly MeasuredPoint[],
  anchor: readonly MeasuredPoint[],
  levels?: readonly [number, number],
): Rates {
  const byRank = bdRate(ranks, anchor, [], levels);
  const byQuality = bdRate(qualities, anchor, [], levels);
  return { ...(byRank !== undefined && { byRank }), ...(byQuality !== undefined && { byQuality }) };
}
