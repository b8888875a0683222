import { setImmediate as turn } from 'node:timers/promises';
import { colourBasis } from '../colour/basis.js';
import { toChannels } from '../colour/channels.js';
import type { Raster } from '../core/raster.js';
import { decode, inspect } from '../decode/index.js';
import { truncate } from '../decode/truncate.js';
import { encode } from '../encode/encode.js';
import { bitsPerPixel } from '../io/jobs/file-report.js';
import { bdRate } from '../metrics/bd-rate.js';
import { msSsim } from '../metrics/ms-ssim.js';
import type { RatePoint } from '../metrics/pareto-front.js';
import { psnr } from '../metrics/psnr.js';
import { ssim } from '../metrics/ssim.js';
import { columnEnergies } from '../spectra/column-energies.js';
import { dissect } from '../spectra/dissect.js';
import type { Dissection } from '../spectra/dissection.js';
import { type ChannelEnergy, energyKept } from '../spectra/energy-kept.js';
import { factorBytes } from '../spectra/factor-bytes.js';
import { pictureSpectrum } from '../spectra/picture-spectrum.js';
import { recode } from '../spectra/recode.js';
import type { Basis, Measurement, Peer, Row, Variant } from './measurement.js';
import { rateCurve } from './rate-curve.js';

/** What a variant is made of and measured at. */
export interface VariantSettings {
  layout: Variant['layout'];
  basis: Basis;
  quality: number;
  /** Rising. */
  ranks: readonly number[];
  /** SSIMULACRA 2 of a decoded picture. */
  score?: (picture: Raster) => number | undefined;
  signal?: AbortSignal;
}

/** A variant before it is compared with anything. */
export type OwnVariant = Omit<Variant, 'rows' | 'bdRates'> & { rows: Omit<Row, 'peers'>[] };

/** Qualities at which the codec itself is measured: about 0.1 to 1.5 bits a pixel of a photograph. */
export const QUALITIES = [15, 35, 55, 75] as const;

/** Encodes a picture once and measures its ranks; `byQuality` measures the codec's own curve too. `onStep` is called after each encoding and each row. */
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
    // Peers are encoded on other threads, and have their turn here.
    await turn();
    signal?.throwIfAborted();
    return done;
  };
  const file = await step(() => encode(raster, { layout, basis, quality, rank: ranks.at(-1)! }));
  const parts = dissect(file);
  const energies = energiesOf(raster, parts);
  const rows: OwnVariant['rows'] = [];
  for (const rank of new Set(ranks.map(asked => Math.min(asked, parts.columns))))
    rows.push(await step(() => measureRow(raster, file, parts, energies, rank, score)));
  const qualities: RatePoint[] = [];
  for (const at of byQuality ? QUALITIES : [])
    qualities.push(await step(() => pointOf(raster, encode(raster, { layout, basis, quality: at }))));
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
  return {
    rank,
    bytes,
    bpp: bitsPerPixel(bytes, width, height),
    psnr: psnr(raster, picture).psnr,
    ...(structure !== undefined && { ssim: structure }),
    ...(scales !== undefined && { msSsim: scales }),
    ...(points !== undefined && { ssimulacra2: points }),
    energyKept: energyKept(energies, rank),
    factorBytes: factorBytes(parts, rank),
    ...(prefix && { prefix }),
  };
}

/** The prefix of at most this rank; none where the first layer has more columns, or the file is so small that it has no layers. */
function prefixOf(raster: Raster, file: Uint8Array, rank: number): Row['prefix'] {
  if (!inspect(file).layers.some(layer => layer.rank <= rank)) return undefined;
  const bytes = truncate(file, { rank });
  const picture = decode(bytes, { channels: 'file' });
  return { rank: picture.rank, bytes: bytes.length, psnr: psnr(raster, picture).psnr };
}

function energiesOf(raster: Raster, parts: Dissection): ChannelEnergy[] {
  const whole =
    parts.layout === 'block'
      ? pictureSpectrum(raster, parts).map(({ energy }) => energy)
      : toChannels(raster, colourBasis(...parts.file.header.colour)).map(({ data }) =>
          data.reduce((sum, value) => sum + value * value, 0),
        );
  return columnEnergies(parts).map((energies, c) => ({ energies, energy: whole[c]! }));
}

function pointOf(raster: Raster, file: Uint8Array): RatePoint {
  const { width, height } = raster;
  return {
    bpp: bitsPerPixel(file.length, width, height),
    metric: psnr(raster, decode(file, { channels: 'file' })).psnr,
  };
}

/** Holds a variant against the peers. */
export function compareVariant(own: OwnVariant, peers: Measurement['peers'], pixels: number): Variant {
  const names = Object.keys(peers) as Peer[];
  const curves = names.map(peer => ({ peer, points: peers[peer]!, ...rateCurve(peers[peer]!) }));
  const rows = own.rows.map(row => {
    const against: Row['peers'] = {};
    for (const { peer, psnrAt, bppAt } of curves) {
      const reached = psnrAt(row.bpp);
      const bpp = bppAt(row.psnr);
      against[peer] = {
        ...(reached !== undefined && { psnr: reached }),
        ...(bpp !== undefined && { bytes: Math.round((bpp * pixels) / 8) }),
      };
    }
    return { ...row, peers: against };
  });
  const points = rows.map(({ bpp, psnr: metric }) => ({ bpp, metric }));
  const bdRates: Variant['bdRates'] = {};
  for (const { peer, points: anchor } of curves) {
    const byRank = bdRate(points, anchor);
    const byQuality = bdRate(own.qualities, anchor);
    bdRates[peer] = {
      ...(byRank !== undefined && { byRank }),
      ...(byQuality !== undefined && { byQuality }),
    };
  }
  return { ...own, rows, bdRates };
}
