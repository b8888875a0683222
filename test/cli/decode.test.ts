import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readHeader } from '../../src/format/read-header.js';
import { writeHeader } from '../../src/format/write-header.js';
import { decode, encode, inspect, inspectFactors, truncate } from '../../src/index.js';
import { readImage } from '../../src/io/index.js';
import { bytesOf, exifOf, rgbProfile, smooth, xmpOf } from '../unit/io/pictures.js';
import { lowrank, newPlace } from './harness.js';

const metadata = { icc: await rgbProfile(), exif: exifOf(1), xmp: xmpOf() };
const lrk = encode(smooth(160, 120), { quality: 90, metadata });
const pixels = decode(lrk, { channels: 'file' });

test('The written picture is what decode gives, with its metadata', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const { code, stdout, stderr } = await lowrank(['decode', input]);
  expect([code, stdout.length, stderr.length]).toEqual([0, 0, 1]);
  expect(await place.files()).toEqual(['a.lrk', 'a.png']);
  const image = await readImage(place.at('a.png'));
  expect(bytesOf(image.raster).equals(bytesOf(pixels))).toBe(true);
  for (const kind of ['icc', 'exif', 'xmp'] as const)
    expect(Buffer.from(image.metadata[kind]!).equals(Buffer.from(metadata[kind]))).toBe(true);
});

test('The format comes from --format, else from the extension of -o, else it is PNG', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  for (const [args, name, format] of [
    [['--format', 'webp'], 'a.webp', 'webp'],
    [['--format', 'jpeg'], 'a.jpg', 'jpeg'],
    [['-o', place.at('b.avif')], 'b.avif', 'heif'],
    [['-o', place.at('b.TIFF')], 'b.TIFF', 'tiff'],
    [['-o', place.at('plain')], 'plain', 'png'],
    [['-o', place.at('odd.data'), '--format', 'tiff'], 'odd.data', 'tiff'],
  ] as const) {
    expect((await lowrank(['decode', input, ...args])).code).toBe(0);
    expect((await readImage(place.at(name))).format).toBe(format);
  }
  for (const args of [
    ['-o', place.at('c.png'), '--format', 'webp'],
    ['-o', place.at('c.bmp')],
    ['--format', 'bmp'],
  ])
    expect((await lowrank(['decode', input, ...args])).code).toBe(2);
});

test('--rank decodes fewer columns, and the report says at least how good they are', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const { objects } = await lowrank(['decode', input, '--rank', '1', '--json']);
  expect(objects[0]).toMatchObject({ input, output: place.at('a.png'), width: 160, height: 120, rank: 1 });
  expect(objects[0].psnr === null || objects[0].psnr <= inspect(lrk).psnr).toBe(true);
  const { raster } = await readImage(place.at('a.png'));
  expect(bytesOf(raster).equals(bytesOf(decode(lrk, { rank: 1, channels: 'file' })))).toBe(true);
  expect(bytesOf(raster).equals(bytesOf(pixels))).toBe(false);
});

test('A PSNR of fewer columns is reported as the lower bound that it is, and no other is', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const { layers, rank, psnr: whole } = inspect(lrk);
  const [first] = layers;
  const fewer = first!.rank + 1;
  expect(fewer).toBeLessThan(layers.find(layer => layer.rank > first!.rank)!.rank);
  const least = layers.filter(layer => layer.rank <= fewer).at(-1)!.psnr;
  const low = await lowrank(['decode', input, '--rank', String(fewer), '-f']);
  expect(low.stderr.join()).toContain(`, at least ${least.toFixed(2)} dB, rank ${fewer}, `);
  const { objects } = await lowrank(['decode', input, '--rank', String(fewer), '-f', '--json']);
  expect(objects[0]).toMatchObject({ bound: true, psnr: Number(least.toFixed(4)) });
  const all = await lowrank(['decode', input, '--rank', String(rank), '-f']);
  expect(all.stderr.join()).toContain(`bpp, ${whole.toFixed(2)} dB, rank ${rank}, `);
  const scaled = await lowrank(['decode', input, '--rank', String(fewer), '--scale', '2', '-f']);
  expect(scaled.stderr.join()).toContain(', PSNR unknown, ');
});

test('Bits a pixel of a region or a smaller picture say over which pixels they count', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const run = async (...args: string[]) => {
    const { objects } = await lowrank(['decode', input, '-f', '--json', ...args]);
    return { report: objects[0], line: (await lowrank(['decode', input, '-f', ...args])).stderr[0]! };
  };
  const part = await run('--region', '8,8,40,30');
  expect(part.report.region).toEqual({ x: 8, y: 8, width: 40, height: 30 });
  expect(part.report.bpp).toBeCloseTo((8 * part.report.bytes) / (40 * 30), 5);
  expect(part.line).toMatch(/ bytes, [\d.]+ bpp of the region, PSNR unknown/);
  const small = await run('--scale', '2');
  expect([small.report.scale, small.report.region]).toEqual([2, undefined]);
  expect(small.line).toMatch(/ bytes, [\d.]+ bpp at this scale, /);
  const all = await run();
  expect([all.report.scale, all.report.region]).toEqual([undefined, undefined]);
  expect(all.line).toMatch(/ bpp, [\d.]+ dB, /);
});

test('A truncated file decodes as far as it goes, with a warning', async () => {
  const place = await newPlace();
  const { layers } = inspect(lrk);
  const cut = lrk.subarray(0, layers[0]!.bytes + 1);
  const input = await place.put('a.lrk', cut);
  const { code, stderr, objects } = await lowrank(['decode', input, '--json']);
  expect(code).toBe(0);
  expect(stderr).toEqual([`${input}: note: the file is cut short: decoded as far as its last whole layer`]);
  expect(objects[0].bytes).toBe(layers[0]!.bytes);
});

test('truncate cuts by rank, PSNR or size to a complete file, with all metadata', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const { layers, psnr } = inspect(lrk);
  const size = truncate(lrk, { psnr: layers[1]!.psnr }).length;
  for (const [target, options] of [
    [['--rank', '3'], { rank: 3 }],
    [['--psnr', String(psnr - 3)], { psnr: psnr - 3 }],
    [['--size', String(size)], { size }],
  ] as const) {
    const { code, objects } = await lowrank([
      'truncate',
      input,
      '-o',
      place.at('b.lrk'),
      '-f',
      '--json',
      ...target,
    ]);
    expect(code).toBe(0);
    const bytes = await readFile(place.at('b.lrk'));
    expect(bytes.equals(Buffer.from(truncate(lrk, options)))).toBe(true);
    expect(inspect(new Uint8Array(bytes))).toMatchObject({
      complete: true,
      metadata: inspect(lrk).metadata,
    });
    expect(objects[0]).toMatchObject({
      input,
      output: place.at('b.lrk'),
      bytes: bytes.length,
      rank: inspect(bytes).rank,
    });
    expect((await lowrank(['decode', place.at('b.lrk'), '-f'])).code).toBe(0);
  }
});

test('truncate refuses targets that it cannot meet, and to overwrite its input', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const impossible = await lowrank(['truncate', input, '-o', place.at('b.lrk'), '--psnr', '120']);
  expect([impossible.code, impossible.stderr[0]]).toEqual([1, expect.stringContaining(`${input}: TARGET: `)]);
  const onto = await lowrank(['truncate', input, '-o', input, '--rank', '3', '--force']);
  expect([onto.code, onto.stderr[0]]).toEqual([1, `${input}: SAME_FILE: would overwrite its own input`]);
  expect((await readFile(input)).equals(Buffer.from(lrk))).toBe(true);
  const folder = await lowrank(['truncate', place.at('.'), '-o', place.at('b.lrk'), '--rank', '3']);
  expect([folder.code, folder.stderr[0]]).toEqual([
    1,
    expect.stringMatching(/IS_DIRECTORY: a folder, not a file$/),
  ]);
  expect(await place.files()).toEqual(['a.lrk']);
});

test('info describes in words what the file holds', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk);
  const { code, stdout, stderr } = await lowrank(['info', input]);
  expect([code, stderr]).toEqual([0, []]);
  const text = stdout.toString();
  const { bytes, psnr, layers, layout } = inspect(lrk);
  for (const part of [
    input,
    '160 x 120, RGB, 8 bits a sample',
    `${bytes.toLocaleString('en-US')} bytes, ${((8 * bytes) / (160 * 120)).toFixed(3)} bits a pixel`,
    `${psnr.toFixed(2)} dB`,
    `layout ${layout}`,
    `ICC ${metadata.icc.length} bytes, EXIF ${metadata.exif.length} bytes, XMP ${metadata.xmp.length} bytes`,
  ])
    expect(text).toContain(part);
  const rows = text.split('\n').filter(line => /^ +\d+ +\d+ +[\d,]+ +\d+\.\d % +\d+\.\d\d dB$/.test(line));
  expect(rows).toHaveLength(layers.length);
  expect(text).not.toContain('singular values');
  const more = (await lowrank(['info', '--factors', input])).stdout.toString();
  for (const [i, { rank, basis, rotations, terms }] of inspectFactors(lrk).entries())
    expect(more).toMatch(
      new RegExp(`^ +${i + 1} +${rank} +${basis} +${rotations} +${terms} +[\\d,]+  \\d`, 'm'),
    );
});

test('info reads no planes unless it is asked for factors', async () => {
  const place = await newPlace();
  const { header, stream } = readHeader(lrk);
  const head = writeHeader({ ...header, width: 65_535, height: 65_535 });
  const input = await place.put('a.lrk', Uint8Array.from([...head, ...lrk.subarray(stream, lrk.length - 4)]));
  const { code, stdout } = await lowrank(['info', input]);
  expect(code).toBe(0);
  expect(stdout.toString()).toContain('65,535 x 65,535');
  expect((await lowrank(['info', '--json', input])).objects[0].factors).toBeUndefined();
  const asked = await lowrank(['info', '--factors', input]);
  expect([asked.code, asked.stderr[0]]).toEqual([1, expect.stringContaining('LIMIT: width x height')]);
  const small = await place.put('b.lrk', lrk);
  expect((await lowrank(['info', '--factors', '--json', small])).objects[0].factors).toEqual(
    inspectFactors(lrk),
  );
});

test('info says which layers of a truncated file are present', async () => {
  const place = await newPlace();
  const input = await place.put('a.lrk', lrk.subarray(0, inspect(lrk).layers[0]!.bytes));
  const text = (await lowrank(['info', input])).stdout.toString();
  expect(text).toMatch(/cut short +[\d,]+ of [\d,]+ bytes are here/);
  expect(text.match(/ yes$/gm)).toHaveLength(1);
  expect(text.match(/ no$/gm)!.length).toBe(inspect(lrk).layers.length - 1);
});

test('info --json gives everything that inspect does, with metadata as sizes', async () => {
  const place = await newPlace();
  const [a, b] = [await place.put('a.lrk', lrk), await place.put('b.lrk', lrk)];
  const { code, objects } = await lowrank(['info', '--json', a, b]);
  expect(code).toBe(0);
  const { layers, bytes, rank, step, layout, version } = inspect(lrk);
  for (const [i, input] of [a, b].entries())
    expect(objects[i]).toMatchObject({
      input,
      output: null,
      width: 160,
      height: 120,
      channels: 3,
      bitDepth: 8,
      bytes,
      rank,
      step,
      layout,
      version,
      complete: true,
      bytesPresent: bytes,
      layers,
      metadata: { icc: metadata.icc.length, cicp: 0, exif: metadata.exif.length, xmp: metadata.xmp.length },
    });
});
