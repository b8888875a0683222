import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, encode, inspect, msSsim, psnr, type Raster, ssim, truncate } from 'lowrank';
import { encodeImage, type Measurement, measure, PEERS, readImage } from 'lowrank/node';
import { Matrix as PeerMatrix, SVD as PeerSvd } from 'ml-matrix';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { svd } from '../../src/algebra/svd.js';
import { matrix } from '../../src/core/matrix.js';
import { bdRate as bdRateOf } from '../../src/metrics/bd-rate.js';
import { dissect } from '../../src/spectra/dissect.js';
import { recode } from '../../src/spectra/recode.js';

const pathOf = (name: string): string => join(import.meta.dirname, '../../samples', `${name}.png`);
/** The middle of a sample, as PNG: just as much as these tests need. */
const middleOf = async (name: string, width: number, height: number): Promise<Uint8Array> => {
  const { raster } = await readImage(pathOf(name));
  const { channels } = raster;
  const data = raster.data.slice(0, width * height * channels);
  const [left, top] = [(raster.width - width) >> 1, (raster.height - height) >> 1];
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * raster.width + left) * channels;
    data.set(raster.data.subarray(from, from + width * channels), y * width * channels);
  }
  return (await encodeImage({ ...raster, width, height, data })).bytes;
};
const RANKS = [1, 2, 4, 8, 16, 32, 64];

describe('A picture measured by rank', () => {
  const NAME = 'relief-grey';
  let all: Measurement;
  let raster: Raster;
  const progress: number[] = [];
  beforeAll(async () => {
    const png = await middleOf(NAME, 192, 144);
    raster = (await readImage(png)).raster;
    all = await measure(png, {
      layouts: ['block', 'channel'],
      bases: ['auto', 'dct'],
      onProgress: done => progress.push(done),
    });
  });

  it('has one file for each layout and basis, the one that the encoder makes with these settings', () => {
    expect(all.variants.map(({ layout, basis }) => `${layout} ${basis}`)).toEqual([
      'block auto',
      'block dct',
      'channel svd',
    ]);
    for (const { layout, basis, file, rank } of all.variants) {
      expect(Buffer.compare(file, encode(raster, { layout, basis, quality: 75, rank: 64 }))).toBe(0);
      expect(inspect(file).rank).toBe(rank);
    }
  });

  it('gives for each rank the PSNR and the similarities of decoding that file at that rank, and they never fall', () => {
    for (const { file, rows } of all.variants) {
      expect(rows.map(({ rank }) => rank)).toEqual(RANKS);
      for (const row of rows) {
        const picture = decode(file, { rank: row.rank, channels: 'file' });
        expect(row.psnr).toBe(psnr(raster, picture).psnr);
        expect(row.ssim).toBe(ssim(raster, picture));
        expect(row.msSsim).toBe(msSsim(raster, picture));
      }
      for (const [i, row] of rows.slice(1).entries()) {
        expect(row.psnr).toBeGreaterThanOrEqual(rows[i]!.psnr);
        expect(row.energyKept).toBeGreaterThanOrEqual(rows[i]!.energyKept);
        expect(row.bytes).toBeGreaterThan(rows[i]!.bytes);
        expect(row.factorBytes).toBeGreaterThan(rows[i]!.factorBytes);
      }
    }
  });

  it('counts the bytes of a file of these columns alone, which decodes to the same picture', () => {
    for (const { file, rows, rank } of all.variants)
      for (const row of rows) {
        const own = row.rank < rank ? recode(dissect(file), raster, row.rank) : file;
        expect(row.bytes).toBe(own.length);
        expect(row.bpp).toBe((8 * own.length) / (raster.width * raster.height));
        expect(psnr(raster, decode(own, { channels: 'file' })).psnr).toBe(row.psnr);
      }
  });

  it('gives the prefix that truncate cuts at this rank', () => {
    for (const { file, rows } of all.variants)
      for (const { rank, prefix } of rows) {
        const bytes = truncate(file, { rank });
        const picture = decode(bytes, { channels: 'file' });
        expect(prefix).toEqual({
          rank: picture.rank,
          bytes: bytes.length,
          psnr: psnr(raster, picture).psnr,
        });
      }
  });

  it('has all energy at full rank, and at each rank what its rows say', () => {
    for (const { energyKept, rows, rank } of all.variants) {
      expect(energyKept).toHaveLength(rank);
      for (const row of rows) expect(energyKept[row.rank - 1]).toBe(row.energyKept);
    }
    expect(all.variants[0]!.rows.at(-1)!.energyKept).toBeGreaterThan(0.95);
    expect(all.variants[0]!.rows.at(-1)!.energyKept).toBeLessThanOrEqual(1);
  });

  it('counts the numbers in the factors: more than their coded size, and less than 64 bits each', () => {
    for (const { rows, layout } of all.variants)
      for (const { rank, factorBytes, bytes } of rows.slice(2)) {
        expect(factorBytes).toBeGreaterThan(bytes);
        const { width, height } = raster;
        const numbers = layout === 'channel' ? rank * (width + height) : (rank * width * height) / 64;
        expect(factorBytes).toBeLessThan(8 * numbers);
      }
  });

  it('compares the codec with every other by BD-rate, cut to ranks and by quality', () => {
    for (const { layout, rows, qualities, bdRates } of all.variants)
      for (const peer of PEERS) {
        const points = rows.map(({ bpp, psnr: metric }) => ({ bpp, metric }));
        expect(bdRates[peer]?.byRank).toBe(bdRateOf(points, all.peers[peer]!));
        expect(bdRates[peer]?.byQuality).toBe(
          layout === 'block' ? bdRateOf(qualities, all.peers[peer]!) : undefined,
        );
        const looks = (of: readonly { bpp: number; ssimulacra2?: number }[]) =>
          of.map(({ bpp, ssimulacra2 }) => ({ bpp, metric: ssimulacra2! }));
        const [ours, theirs] = [looks(qualities), looks(all.peers[peer]!)];
        expect(bdRates[peer]?.ssimulacra2?.byQuality).toBe(
          layout === 'block' ? bdRateOf(ours, theirs, [], [50, 90]) : undefined,
        );
        expect(bdRates[peer]?.ssimulacra2?.byRank).toBe(bdRateOf(looks(rows), theirs, [], [50, 90]));
      }
    expect(all.variants[0]!.bdRates.jpeg!.byQuality).toBeLessThan(0);
    expect(all.variants[0]!.bdRates.jpeg!.ssimulacra2!.byQuality).toBeLessThan(0);
  });

  it('measures the other codecs as sharp writes and reads them', async () => {
    const { width, height, channels } = raster;
    const raw = sharp(raster.data as Uint8Array, { raw: { width, height, channels: channels as 1 } });
    const written = {
      jpeg: await raw.clone().jpeg({ quality: 60, mozjpeg: true, chromaSubsampling: '4:2:0' }).toBuffer(),
      webp: await raw.clone().webp({ quality: 60, alphaQuality: 60, effort: 6, exact: true }).toBuffer(),
      avif: await raw.clone().avif({ quality: 58, effort: 4, chromaSubsampling: '4:4:4' }).toBuffer(),
    };
    for (const peer of PEERS) {
      const data = await sharp(written[peer]).extractChannel(0).raw().toBuffer();
      const bpp = (8 * written[peer].length) / (width * height);
      const point = all.peers[peer]!.find(each => each.bpp === bpp);
      expect(point?.metric).toBe(psnr(raster, { ...raster, data }).psnr);
    }
  });

  it('interpolates the other codecs at the bytes and the PSNR of a row between the nearest settings', () => {
    let found = 0;
    for (const { rows } of all.variants)
      for (const { bpp, psnr: reached, peers } of rows)
        for (const peer of PEERS) {
          const points = all.peers[peer]!;
          const { psnr: there, bytes } = peers[peer]!;
          const below = points.filter(point => point.bpp <= bpp).map(({ metric }) => metric);
          const above = points.filter(point => point.bpp >= bpp).map(({ metric }) => metric);
          expect(there !== undefined).toBe(below.length > 0 && above.length > 0);
          if (there === undefined) continue;
          expect(there).toBeGreaterThanOrEqual(Math.max(...below));
          expect(there).toBeLessThanOrEqual(Math.min(...above));
          if (bytes === undefined) continue;
          found++;
          // The codec that is better at these bytes needs fewer for this PSNR.
          expect(Math.sign(bytes - (bpp * raster.width * raster.height) / 8)).toBe(
            Math.sign(reached - there) || 0,
          );
        }
    expect(found).toBeGreaterThan(10);
  });

  it('agrees with ml-matrix on the spectrum, and on the error of a textbook truncation (Eckart and Young)', () => {
    const { width, height, data } = raster;
    const x = Float64Array.from(data, value => value - 128);
    const ours = svd(matrix(height, width, x)).s;
    const rows = Array.from({ length: height }, (_, y) => Array.from(x.subarray(y * width, (y + 1) * width)));
    const peer = new PeerSvd(new PeerMatrix(rows), { autoTranspose: true });
    const values = [...peer.diagonal];
    for (const [i, value] of ours.entries())
      expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(1e-9 * values[i]!);
    const left = peer.leftSingularVectors.to2DArray();
    const right = peer.rightSingularVectors.to2DArray();
    const rest = Float64Array.from(x);
    let taken = 0;
    for (const { rank, floats, psnr: stated } of all.textbook) {
      for (; taken < rank; taken++)
        for (let row = 0, i = 0; row < height; row++)
          for (let col = 0; col < width; col++, i++)
            rest[i]! -= left[row]![taken]! * values[taken]! * right[col]![taken]!;
      const error = rest.reduce((sum, value) => sum + value * value, 0) / rest.length;
      expect(Math.abs(stated! - 10 * Math.log10(255 ** 2 / error))).toBeLessThan(0.01);
      expect(floats).toBe(rank * (1 + width + height));
    }
    expect(all.textbook.map(({ rank }) => rank)).toEqual(RANKS);
    // Quantised at the encoder's step the columns come close to that, from below.
    for (const [i, row] of all.variants[2]!.rows.entries()) {
      expect(row.psnr).toBeLessThan(all.textbook[i]!.psnr! + 0.01);
      expect(row.psnr).toBeGreaterThan(all.textbook[i]!.psnr! - 4);
    }
  });

  it('reports progress from the start to the end', () => {
    expect(progress.length).toBeGreaterThan(20);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });
});

describe('Pictures of other kinds', () => {
  const small = { ranks: [1, 5], onProgress: () => {} };

  it.each([
    ['shapes-rgba', ['webp', 'avif']],
    ['smoke-grey-alpha', ['webp', 'avif']],
    ['dusk-rgb16', ['jpeg', 'webp', 'avif']],
  ] as const)('measures %s, with the codecs that can hold it', async (name, held) => {
    const png = await middleOf(name, 128, 96);
    const { raster } = await readImage(png);
    const { variants, peers, notes, textbook, channels } = await measure(png, small);
    for (const { rank, psnr: stated } of variants[0]!.rows)
      expect(stated).toBe(psnr(raster, decode(variants[0]!.file, { rank, channels: 'file' })).psnr);
    for (const peer of PEERS) {
      const best = Math.max(...peers[peer]!.map(({ metric }) => metric));
      if ((held as readonly string[]).includes(peer)) expect(best).toBeGreaterThan(35);
      else expect(peers[peer]).toEqual([]);
    }
    expect(notes).toEqual(
      name === 'dusk-rgb16'
        ? ['the other codecs get 16 bits as 8']
        : ['JPEG has no alpha: not compared', 'SSIMULACRA 2 knows no alpha: not measured'],
    );
    expect(variants[0]!.rows[0]!.ssimulacra2 !== undefined).toBe(name === 'dusk-rgb16');
    expect(textbook[1]!.floats).toBe(5 * channels * (1 + raster.width + raster.height));
  });

  it('measures the smallest picture, and treats ranks above the number of columns as all columns', async () => {
    const { variants, textbook } = await measure(pathOf('tiny-7x5'), {
      ranks: [60, 3, 70, 3],
      layouts: ['block', 'channel'],
      peers: [],
    });
    for (const { rank, rows, bdRates } of variants) {
      expect(rows.map(row => row.rank)).toEqual([
        ...new Set([3, 60, 70].map(asked => Math.min(asked, rank))),
      ]);
      expect(rows[0]).not.toHaveProperty('ssim');
      expect(rows[0]!.peers).toEqual({});
      expect(bdRates).toEqual({});
    }
    expect(textbook.map(({ rank }) => rank)).toEqual([3, 5]);
    expect(textbook[1]!.psnr).toBe(Number.POSITIVE_INFINITY);
    await expect(measure(pathOf('tiny-1x1'), { peers: [] })).resolves.toMatchObject({ width: 1 });
  });

  it('takes bytes as well as a path', async () => {
    const bytes = readFileSync(pathOf('tiny-1x300'));
    expect(await measure(bytes, { name: 'mine', peers: [], ranks: [1] })).toMatchObject({
      input: 'mine',
      height: 300,
    });
  });
});

describe('What measure refuses', () => {
  it.each([
    ['ranks', { ranks: [] }, 'none'],
    ['ranks', { ranks: [0] }, 0],
    ['ranks', { ranks: [1, 2.5] }, 2.5],
    ['layouts', { layouts: ['plane' as 'block'] }, 'plane'],
    ['layouts', { layouts: [] }, 'none'],
    ['bases', { bases: ['pca' as 'svd'] }, 'pca'],
    ['peers', { peers: ['gif' as 'jpeg'] }, 'gif'],
    ['quality', { quality: 101 }, 101],
    ['quality', { quality: Number.NaN }, Number.NaN],
  ])('names the field %s', async (field, options, got) => {
    await expect(measure(pathOf('tiny-7x5'), options)).rejects.toMatchObject({ code: 'OPTION', field, got });
  });

  it('stops between two encodings when aborted', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const running = measure(pathOf('tiny-7x5'), {
      peers: [],
      signal: stop.signal,
      onProgress: () => stop.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
  });
});
