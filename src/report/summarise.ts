import type { Measurement, Peer, Rates, RatesAgainst, Row, Variant } from './measurement.js';

/** One rank over several pictures: arithmetic means; figures that some of them lack are left out. */
export interface MeanRow extends Omit<Row, 'prefix'> {
  /** Pictures that have this rank. */
  pictures: number;
}

/** One layout and basis over several pictures. */
export interface Mean {
  layout: Variant['layout'];
  basis: Variant['basis'];
  /** Pictures measured. */
  pictures: number;
  rows: MeanRow[];
  /** Means of the available BD-rates, each with its number of pictures. */
  bdRates: Partial<Record<Peer, RatesAgainst<MeanRate>>>;
}

export interface MeanRate {
  /** Percent of bytes at equal quality. */
  percent: number;
  pictures: number;
}

/** The means over pictures measured with the same options. */
export function summarise(measurements: readonly Measurement[]): Mean[] {
  const first = measurements[0]?.variants ?? [];
  return first.map(({ layout, basis }, v) => {
    const variants = measurements.map(({ variants }) => variants[v]!);
    const ranks = [...new Set(variants.flatMap(({ rows }) => rows.map(({ rank }) => rank)))];
    return {
      layout,
      basis,
      pictures: variants.length,
      rows: ranks
        .sort((a, b) => a - b)
        .map(rank => meanRow(variants.flatMap(({ rows }) => rows.filter(row => row.rank === rank)))),
      bdRates: ratesOf(variants),
    };
  });
}

function meanRow(rows: readonly Row[]): MeanRow {
  const [first] = rows as [Row];
  const structure = mean(rows.map(({ ssim }) => ssim));
  const scales = mean(rows.map(({ msSsim }) => msSsim));
  const points = mean(rows.map(({ ssimulacra2 }) => ssimulacra2));
  const meanOf = (field: 'bytes' | 'bpp' | 'psnr' | 'energyKept' | 'factorBytes'): number =>
    mean(rows.map(row => row[field]))!;
  const peers: Row['peers'] = {};
  for (const peer of Object.keys(first.peers) as Peer[]) {
    const psnr = mean(rows.map(row => row.peers[peer]?.psnr));
    const bytes = mean(rows.map(row => row.peers[peer]?.bytes));
    const score = mean(rows.map(row => row.peers[peer]?.ssimulacra2));
    peers[peer] = {
      ...(psnr !== undefined && { psnr }),
      ...(score !== undefined && { ssimulacra2: score }),
      ...(bytes !== undefined && { bytes }),
    };
  }
  return {
    rank: first.rank,
    pictures: rows.length,
    bytes: meanOf('bytes'),
    bpp: meanOf('bpp'),
    psnr: meanOf('psnr'),
    ...(structure !== undefined && { ssim: structure }),
    ...(scales !== undefined && { msSsim: scales }),
    ...(points !== undefined && { ssimulacra2: points }),
    energyKept: meanOf('energyKept'),
    factorBytes: meanOf('factorBytes'),
    peers,
  };
}

/** Undefined unless all values exist. */
function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length === values.length && known.length > 0
    ? known.reduce((sum, value) => sum + value, 0) / known.length
    : undefined;
}

function ratesOf(variants: readonly Variant[]): Mean['bdRates'] {
  const rates: Mean['bdRates'] = {};
  for (const peer of Object.keys(variants[0]!.bdRates) as Peer[]) {
    const against = variants.map(({ bdRates }) => bdRates[peer]);
    const ssimulacra2 = meanRates(against.map(rate => rate?.ssimulacra2));
    rates[peer] = {
      ...meanRates(against),
      ...(Object.keys(ssimulacra2).length > 0 && { ssimulacra2 }),
    };
  }
  return rates;
}

function meanRates(rates: readonly (Rates | undefined)[]): Rates<MeanRate> {
  const byRank = meanRate(rates.map(rate => rate?.byRank));
  const byQuality = meanRate(rates.map(rate => rate?.byQuality));
  return { ...(byRank && { byRank }), ...(byQuality && { byQuality }) };
}

function meanRate(values: readonly (number | undefined)[]): MeanRate | undefined {
  const known = values.filter(value => value !== undefined);
  return known.length > 0 ? { percent: mean(known)!, pictures: known.length } : undefined;
}
