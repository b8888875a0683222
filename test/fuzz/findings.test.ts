import { createDecoder, type Decoder, decode, encode, inspect, truncate } from 'lowrank';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../src/format/header.js';
import { readHeader } from '../../src/format/read-header.js';
import { draw, psnrBetween } from '../properties/codec-rasters.js';
import { compact, withHeader, withStream } from './files.js';

describe('Faults found by fuzzing and property tests, each under its cause', () => {
  it('An exact layer before the last one: its infinite PSNR was written bit by bit until memory ran out', () => {
    const rasters = [draw(9, 6, 4, 8, 'edges'), draw(40, 40, 1, 8, 'ramp'), draw(40, 40, 2, 8, 'photo')];
    for (const raster of rasters) {
      const bytes = encode(raster, { psnr: 90, effort: 1 });
      for (const { psnr, bytes: end } of inspect(bytes).layers) {
        const measured = psnrBetween(raster, decode(bytes.subarray(0, end), { channels: 'file' }));
        if (measured === Number.POSITIVE_INFINITY) expect(psnr).toBe(measured);
        else expect(Math.abs(psnr - measured)).toBeLessThan(0.02);
      }
    }
  });

  it('A compact file has no layers: cutting it ended in a TypeError', () => {
    const bytes = compact(encode(draw(9, 6, 1, 8, 'waves'), { tune: 'psnr' }))!;
    expect(() => truncate(bytes, { rank: 1 })).toThrow(
      expect.objectContaining({ code: 'TARGET', field: 'layers' }),
    );
  });

  it('A file of layout `channel` whose first layer has many steps and no bytes: cutting it gave a file that could not be opened', () => {
    const { header } = readHeader(encode(draw(9, 9, 1, 8, 'photo'), { layout: 'channel' }));
    const bytes = withStream(
      {
        ...header,
        ...{ width: 400, height: 400, rank: 400, order: new Array(200).fill(0) },
        layers: [
          { steps: 120, psnr: 20, ranges: [{ end: 0, check: 0 }] },
          { steps: 200, psnr: 30, ranges: [{ end: 3000, check: 0 }] },
        ],
      },
      new Uint8Array(3000),
      true,
    );
    expect(inspect(bytes).complete).toBe(true);
    expect(() => truncate(bytes, { psnr: 20 })).toThrow(
      expect.objectContaining({ code: 'LIMIT', field: 'products' }),
    );
    expect(truncate(bytes, { psnr: 30 })).toEqual(bytes);
  });

  it('White of 16 bits at a fine step: levels of plane 0 exceeded the range of their type and came back as noise', () => {
    const white = { ...draw(1, 1, 1, 16, 'flat'), data: Uint16Array.of(65_535) };
    expect(inspect(encode(white, { psnr: 60 })).psnr).toBeGreaterThanOrEqual(60);
    expect(() => encode({ ...draw(40, 40, 1, 16, 'noise') }, { psnr: 125 })).toThrow(
      /^TARGET: psnr: got 125, expected at most [6-9]\d\.\d\d dB$/,
    );
  });

  it('A file whose rank is below that of its header: asking for it left the restoration filter out', () => {
    const bytes = encode(draw(32, 30, 1, 8, 'photo'), { quality: 75 });
    const whole = decode(bytes);
    expect(whole.rank).toBeLessThan(64);
    expect(decode(bytes, { rank: whole.rank })).toEqual(whole);
  });

  it('A band that makes a small picture worse: the index gave its layer the PSNR of the one before', () => {
    const raster = draw(4, 22, 4, 8, 'waves');
    for (const quality of [50, 75, 95]) {
      const bytes = encode(raster, { quality, basis: 'dct', effort: 1 });
      for (const { bytes: end, psnr } of inspect(bytes).layers) {
        const measured = psnrBetween(raster, decode(bytes.subarray(0, end), { channels: 'file' }));
        expect(Math.abs(measured - psnr)).toBeLessThan(0.02);
      }
    }
  });

  it('The smallest size of a tiny picture: the search stopped early and reported a larger one', () => {
    const raster = draw(1, 1, 1, 8, 'flat');
    const least = Number(/at least (\d+) bytes/.exec(messageOf(() => encode(raster, { size: 12 })))![1]);
    expect(encode(raster, { size: least }).length).toBe(least);
  });

  it('Layers with fewer bytes than their steps need: read during the download, they ended as another picture', () => {
    const raster = draw(64, 56, 3, 8, 'photo');
    const tries = [60, 65, 70, 75, 80].flatMap(quality =>
      [1, 2, 3, 4].map(missing => ({ quality, missing })),
    );
    const differs = tries.filter(({ quality, missing }) => {
      const bytes = encode(raster, { quality });
      const { header } = readHeader(bytes);
      const [{ steps, psnr, ranges }, ...others] = header.layers as [Layer, ...Layer[]];
      const shorter = { steps, psnr, ranges: [{ end: ranges[0]!.end - missing, check: 0 }] };
      const short = withHeader(bytes, { layers: [shorter, ...others] }, true);
      const first = inspect(short).layers[0]!.bytes;
      const arriving = createDecoder();
      arriving.push(short.subarray(0, first));
      const early = shown(arriving);
      arriving.push(short.subarray(first));
      expect(arriving.picture()).toEqual(decode(bytes));
      const arrived = createDecoder();
      arrived.push(short);
      return early && early !== shown(arrived);
    });
    expect(differs).not.toEqual([]);
  });

  it('Layers with fewer bytes than their steps need: at a scale, the bytes of later layers were read for them', () => {
    const raster = draw(64, 56, 3, 8, 'photo');
    for (const quality of [60, 70, 80])
      for (const missing of [1, 2, 3, 4]) {
        const bytes = encode(raster, { quality });
        const { header } = readHeader(bytes);
        const [{ steps, psnr, ranges }, ...others] = header.layers as [Layer, ...Layer[]];
        const shorter = { steps, psnr, ranges: [{ end: ranges[0]!.end - missing, check: 0 }] };
        const short = withHeader(bytes, { layers: [shorter, ...others] }, true);
        expect(inspect(short).sizes[0]).toBe(1);
        const first = short.subarray(0, inspect(short).layers[0]!.bytes);
        expect(outcome(short)).toEqual(outcome(first));
      }
  });
});

/** The picture at an eighth of the size, or the message of the error. */
function outcome(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { scale: 8 });
  } catch (error) {
    return /^CORRUPT: stream/.exec((error as Error).message)?.[0];
  }
}

/** The samples of the first layer; undefined if it needs more bytes than even zeros could encode. */
function shown(decoder: Decoder): string | undefined {
  try {
    return String(decoder.picture(1).data);
  } catch (error) {
    expect(error).toMatchObject({ code: 'CORRUPT', field: 'stream' });
    return undefined;
  }
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
