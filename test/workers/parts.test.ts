import { type CodecError, decode, encode, inspect, mse } from 'lowrank';
import { encodeAsync } from 'lowrank/node';
import { expect, test } from 'vitest';
import { decodeInParts } from '../../dist/decode/parts/decode-in-parts.js';
import { decodeTogether } from '../../dist/workers/decode-together.js';
import { workTogether } from '../../dist/workers/part-threads.js';
import { ThreadPool } from '../../dist/workers/pool.js';
import { partsOfGrid } from '../../src/parts/windows.js';
import { draw } from '../properties/codec-rasters.js';

/** A picture that is quantised in four parts, with borders at 1024 across and down. */
const raster = draw(1640, 1610, 3, 8, 'photo');
const BORDER = 1024;
const options = { quality: 70, effort: 4 };
const file = encode(raster, options);
/** The same with parts in the file. */
const inParts = encode(raster, { ...options, partSize: 256 });

test('Threads that share a large picture make the bytes that one thread makes', async () => {
  expect(await encodeAsync(raster, options)).toEqual(file);
});

test.each([
  ['RGB', inParts, [{ channels: 'file', bitDepth: 8 }]],
  [
    'RGBA of 16 bits',
    encode(draw(2100, 1010, 4, 16, 'waves'), { effort: 1, partSize: 512 }),
    [{}, { bitDepth: 8 }],
  ],
] as const)('%s: threads that share a large picture decode the samples that one thread does', (_, file, all) => {
  for (const options of all) {
    const { data, ...rest } = decodeTogether(file, options, 3)!;
    const { data: expected, ...others } = decode(file, options);
    expect(rest).toEqual(others);
    // A failure must not print an array of millions.
    expect(data.every((v, i) => v === expected[i])).toBe(true);
  }
});

test('Progress of decoding in parts is reported', async () => {
  const pool = new ThreadPool(3);
  const shares: number[] = [];
  const onProgress = (done: number): void => void shares.push(done);
  await pool.run('decodeFile', { source: inParts, options: {} }, { onProgress });
  await pool.close();
  expect(shares.length).toBeGreaterThan(0);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  const told: number[][] = [];
  decodeInParts(inParts, {}, work => {
    const ofWork: number[] = [];
    workTogether(work, 1, done => void ofWork.push(done));
    told.push(ofWork);
  });
  for (const ofWork of told) expect(ofWork.slice(0, 4)).toEqual([1, 2, 3, 4]);
});

test('What threads cannot share is left to be decoded as a whole, and damage gives the same error', () => {
  const region = { x: 0, y: 0, width: 9, height: 9 };
  for (const options of [{ rank: 10 }, { scale: 2 }, { region }] as const)
    expect(decodeTogether(inParts, options, 3)).toBeUndefined();
  expect(decodeTogether(inParts.subarray(0, inParts.length - 1), {}, 3)).toBeUndefined();
  const damaged = inParts.slice();
  damaged[inParts.length >> 1]! ^= 1;
  const error = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return { ...(error as CodecError), message: (error as CodecError).message };
    }
  };
  expect(error(() => decodeTogether(damaged, {}, 3))).toEqual(error(() => decode(damaged)));
});

test('A picture quantised in parts is as good as its header says, and no worse at their borders', () => {
  const picture = decode(file, { channels: 'file' });
  expect(10 * Math.log10(255 ** 2 / mse(raster, picture).colour)).toBeCloseTo(inspect(file).psnr, 2);
  /** Mean squared error of the columns from <= x < to. */
  const errorOf = (from: number, to: number): number => {
    let sum = 0;
    for (let y = 0; y < raster.height; y++)
      for (let i = (y * raster.width + from) * 3; i < (y * raster.width + to) * 3; i++)
        sum += (raster.data[i]! - picture.data[i]!) ** 2;
    return sum / ((to - from) * 3 * raster.height);
  };
  expect(errorOf(BORDER - 4, BORDER + 4)).toBeLessThan(1.15 * errorOf(BORDER - 204, BORDER + 204));
});

test.each([
  ['RGBA', draw(1640, 1610, 4, 8, 'photo'), { effort: 1, partSize: 512 }],
  ['grey and alpha of 16 bits', draw(2100, 1010, 2, 16, 'waves'), { effort: 1, partSize: 512 }],
  [
    'RGB without weights',
    draw(1100, 1930, 3, 8, 'photo'),
    { effort: 1, tune: 'psnr', quality: 85, partSize: 1024 },
  ],
] as const)('%s, written part by part, is as good after each layer as its header says', (_, raster, options) => {
  const file = encode(raster, options);
  const peak = raster.bitDepth === 16 ? 65_535 : 255;
  const { layers, psnrAlpha } = inspect(file);
  expect(layers.length).toBeGreaterThan(2);
  const seen = [0, layers.length >> 1, layers.length - 1].map(n => {
    const { bytes, psnr } = layers[n]!;
    const errors = mse(raster, decode(file.subarray(0, bytes), { channels: 'file' }));
    expect(psnr).toBeCloseTo(10 * Math.log10(peak ** 2 / errors.colour), 1);
    return errors;
  });
  if (psnrAlpha !== undefined)
    expect(psnrAlpha).toBeCloseTo(10 * Math.log10(peak ** 2 / seen.at(-1)!.alpha!), 1);
});

test('The parts cover a grid of blocks once, and none is a sliver', () => {
  for (const [cols, rows] of [
    [1, 1],
    [64, 65],
    [95, 96],
    [700, 333],
  ] as const) {
    const covered = new Uint8Array(cols * rows);
    for (const part of partsOfGrid({ cols, rows })) {
      expect(part.cols === cols || part.cols >= 32).toBe(true);
      expect(part.rows === rows || part.rows >= 32).toBe(true);
      expect([part.left % 32, part.top % 32]).toEqual([0, 0]);
      for (let y = 0; y < part.rows; y++)
        for (let x = 0; x < part.cols; x++) covered[(part.top + y) * cols + part.left + x]!++;
    }
    expect(covered.every(times => times === 1)).toBe(true);
  }
});
