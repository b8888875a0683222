import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type CodecError, encode, truncate } from 'lowrank';
import { createDecoder, decode, inspect, type Picture } from 'lowrank/decode';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import * as source from '../../../src/decode/index.js';
import { compact, FILES, UNWEIGHTED } from '../../fuzz/files.js';
import { checked, draw, psnrBetween } from '../../properties/codec-rasters.js';

const sampleFile = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, `../../../samples/${name}.lrk`)));
/** Files of every form; the photos have many layers. */
const ALL = { ...FILES, scene: sampleFile('scene'), window: sampleFile('window') };
const NAMES = Object.keys(ALL) as (keyof typeof ALL)[];
const SCALES = [1, 2, 4, 8] as const;

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if ((error as Error).name !== 'CodecError') throw error;
    return (error as CodecError).code;
  }
};

/** The picture without bulky fields, for short messages. */
const same = (a: Picture, b: Picture): void => {
  expect({ ...a, data: 0 }).toEqual({ ...b, data: 0 });
  expect(Buffer.from(a.data.buffer).equals(Buffer.from(b.data.buffer))).toBe(true);
};

/** Means of scale x scale samples of a picture, with its last column and row repeated. */
function meansOf({ width, height, channels, data, ...rest }: Picture, scale: number): Picture {
  const [w, h] = [Math.ceil(width / scale), Math.ceil(height / scale)];
  const out = data.slice(0, w * h * channels);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let v = y * scale; v < (y + 1) * scale; v++)
          for (let u = x * scale; u < (x + 1) * scale; u++)
            sum += data[(Math.min(v, height - 1) * width + Math.min(u, width - 1)) * channels + c]!;
        out[(y * w + x) * channels + c] = Math.round(sum / scale ** 2);
      }
  return { ...rest, width: w, height: h, channels, data: out };
}

describe('A decoder that is fed in chunks', () => {
  it.each(NAMES)('gives after each chunk the picture that decode gives for the same prefix: %s', name => {
    const bytes = ALL[name]!;
    const chunks = fc.array(fc.integer({ min: 0, max: Math.ceil(bytes.length / 4) }), { maxLength: 12 });
    fc.assert(
      fc.property(chunks, fc.constantFrom(...SCALES), (sizes, scale) => {
        const decoder = createDecoder({ scale });
        let at = 0;
        let shown = 0;
        for (const size of [...sizes, bytes.length]) {
          const layers = decoder.push(bytes.subarray(at, at + size));
          at = Math.min(bytes.length, at + size);
          const here = bytes.subarray(0, at);
          expect(layers).toBe(
            decoder.info ? decoder.info.layers.filter(layer => layer.bytes <= at).length : 0,
          );
          if (decoder.info) expect(decoder.info).toEqual(inspect(here));
          if (layers > shown) same(decoder.picture(), decode(here, { scale }));
          else if (!layers) expect(codeOf(() => decoder.picture())).toBe(codeOf(() => decode(here)));
          shown = layers;
        }
        expect(decoder.done).toBe(true);
        same(decoder.picture(), decode(bytes, { scale }));
      }),
      checked(name === 'scene' || name === 'window' ? 6 : 25),
    );
  });

  it.each(NAMES)('gives the picture of every layer in turn, even if the whole file is present: %s', name => {
    const bytes = ALL[name]!;
    const decoder = createDecoder({ channels: 'file' });
    decoder.push(bytes);
    const { layers } = decoder.info!;
    for (const [i, { bytes: end }] of layers.slice(0, -1).entries())
      same(decoder.picture(i + 1), decode(bytes.subarray(0, end), { channels: 'file' }));
    same(decoder.picture(layers.length), decode(bytes, { channels: 'file' }));
  });

  it('respects the rank', () => {
    const { scene } = ALL;
    for (const rank of [1, 4, 21, 64, 100]) {
      const decoder = createDecoder({ rank });
      for (let at = 0; at < scene.length; at += 1500)
        if (decoder.push(scene.subarray(at, at + 1500))) decoder.picture();
      same(decoder.picture(), decode(scene, { rank }));
      same(decoder.picture(), { ...decode(scene, { rank: 100 }), ...decode(scene, { rank }) });
    }
  });

  it('reads as many bits in chunks as at once, each of them once', () => {
    const { scene } = ALL;
    const { bit } = RangeDecoder.prototype;
    const count = (run: () => unknown): number => {
      let bits = 0;
      RangeDecoder.prototype.bit = function (p) {
        bits++;
        return bit.call(this, p);
      };
      run();
      RangeDecoder.prototype.bit = bit;
      return bits;
    };
    const whole = count(() => source.decode(scene));
    expect(whole).toBeGreaterThan(10_000);
    // The header is read again for each chunk, and for each picture.
    let opened = 0;
    const inChunks = count(() => {
      const decoder = source.createDecoder();
      for (let at = 0; at < scene.length; at += 900, opened++)
        if (decoder.push(scene.subarray(at, at + 900)) && ++opened) decoder.picture();
    });
    const ofHeader = count(() => source.inspect(scene));
    expect(inChunks - (opened - 1) * ofHeader).toBe(whole);
    // And fewer for a smaller picture.
    const eighth = count(() => source.decode(scene, { scale: 8 }));
    const quarter = count(() => source.decode(scene, { scale: 4 }));
    expect(eighth).toBeLessThan(whole / 4);
    expect(quarter).toBeGreaterThan(eighth);
    expect(quarter).toBeLessThan(whole);
  });

  it('is done when the rest of the file adds nothing to a smaller or lower picture', () => {
    const { scene } = ALL;
    for (const options of [{ scale: 8 }, { scale: 4 }, { rank: 6 }] as const) {
      const decoder = createDecoder(options);
      let end = 0;
      for (const layer of inspect(scene).layers) {
        decoder.push(scene.subarray(end, layer.bytes));
        end = layer.bytes;
        decoder.picture();
        if (decoder.done) break;
      }
      if ('scale' in options && options.scale === 8) expect(end).toBeLessThan(0.4 * scene.length);
      const { data, width } = decoder.picture();
      const whole = decode(scene, options);
      expect(width).toBe(whole.width);
      expect(Buffer.compare(Buffer.from(data.buffer), Buffer.from(whole.data.buffer))).toBe(0);
    }
  });

  it('lets other code run between slices, and starts again after an abandoned slice', () => {
    const { scene } = ALL;
    const decoder = createDecoder();
    decoder.push(scene);
    const left = decoder.slices();
    for (let i = 0; i < 9; i++) expect(left.next().done).toBe(false);
    same(decoder.picture(), decode(scene));
  });

  it('reads the compact form, which has no layers', () => {
    const file = compact(UNWEIGHTED['RGB with metadata']!)!;
    const decoder = createDecoder();
    for (const byte of file) expect(decoder.push(Uint8Array.of(byte))).toBe(0);
    expect(decoder.info!.layers).toEqual([]);
    same(decoder.picture(), decode(file));
  });

  it('does not change the chunks, and may be given one buffer again and again', () => {
    const { scene } = ALL;
    const decoder = createDecoder();
    const buffer = new Uint8Array(1000);
    for (let at = 0; at < scene.length; at += 1000) {
      const part = scene.subarray(at, at + 1000);
      buffer.set(part);
      decoder.push(buffer.subarray(0, part.length));
    }
    same(decoder.picture(), decode(scene));
  });
});

describe('A smaller picture', () => {
  it.each(Object.entries(FILES))('has the size of the whole one, divided and rounded up: %s', (_, file) => {
    const { width, height } = inspect(file);
    for (const scale of SCALES) {
      const small = decode(file, { scale, channels: 'file' });
      expect([small.width, small.height]).toEqual([Math.ceil(width / scale), Math.ceil(height / scale)]);
      expect(small.data.length).toBe(small.width * small.height * small.channels);
    }
  });

  it.each([
    ['scene', 41],
    ['window', 58],
    ['weave', 34],
    ['shapes-rgba', 39],
    ['dusk-rgb16', 48],
    ['smoke-grey-alpha', 45],
  ])('is close to the means of the whole one: %s, %i dB', (name, least) => {
    const file = sampleFile(name);
    const whole = decode(file);
    for (const scale of SCALES)
      expect(psnrBetween(meansOf(whole, scale), decode(file, { scale }))).toBeGreaterThan(least);
  });

  it('of a flat picture is flat, with its colour', () => {
    const file = encode(draw(50, 30, 4, 8, 'flat'), { quality: 80 });
    const [first] = [decode(file).data.subarray(0, 4)];
    for (const scale of SCALES) {
      const { data } = decode(file, { scale });
      for (let i = 0; i < data.length; i++) expect(Math.abs(data[i]! - first[i % 4]!)).toBeLessThanOrEqual(1);
    }
  });
});

describe('Information from the first bytes', () => {
  it('is complete with the header, before the first layer', () => {
    const { scene } = ALL;
    const whole = inspect(scene);
    const enough = scene.findIndex((_, i) => codeOf(() => inspect(scene.subarray(0, i))) === undefined);
    expect(enough).toBeLessThan(130);
    expect(enough).toBeLessThan(whole.layers[0]!.bytes);
    const first = inspect(scene.subarray(0, enough));
    expect(first).toEqual({ ...whole, complete: false, rank: 0, psnr: Number.NaN });
    expect(codeOf(() => decode(scene.subarray(0, enough)))).toBe('TRUNCATED');
    expect(codeOf(() => truncate(scene.subarray(0, enough), { rank: 3 }))).toBe('TRUNCATED');
    expect(codeOf(() => inspect(scene.subarray(0, enough - 1)))).toBe('TRUNCATED');
    const decoder = createDecoder();
    expect(decoder.push(scene.subarray(0, enough - 1))).toBe(0);
    expect(decoder.info).toBeUndefined();
    decoder.push(scene.subarray(enough - 1, enough));
    expect(decoder.info).toEqual(first);
  });
});

describe('Hostile input', () => {
  it('ends in a typed error or a picture, byte by byte', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(FILES)),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(...SCALES),
        (file, changes, chunk, scale) => {
          const bytes = file.slice();
          for (const [at, by] of changes)
            bytes[Math.min(bytes.length - 1, Math.floor(at * bytes.length))]! ^= by;
          const decoder = createDecoder({ scale, maxPixels: 1 << 16 });
          let shown = 0;
          const code = codeOf(() => {
            for (let at = 0; at < bytes.length; at += chunk) {
              const layers = decoder.push(bytes.subarray(at, at + chunk));
              if (layers > shown) decoder.picture();
              shown = layers;
            }
            decoder.picture();
          });
          // Whatever was shown before, the end equals the result of decode for the whole.
          if (bytes.some((byte, i) => byte !== file[i])) expect(code).toBeDefined();
          if (!shown) expect(code).toBe(codeOf(() => decode(bytes, { scale, maxPixels: 1 << 16 })));
        },
      ),
      checked(150),
    );
  });

  it('is refused before anything is allocated, as soon as it is seen', () => {
    const decoder = createDecoder({ maxPixels: 100 });
    decoder.push(ALL.scene);
    expect(codeOf(() => decoder.picture())).toBe('LIMIT');
    expect(codeOf(() => createDecoder().push(Uint8Array.of(0x89, 0x50, 0x4e)))).toBe('NOT_LRK');
    expect(codeOf(() => createDecoder().picture())).toBe('EMPTY');
    const long = createDecoder();
    long.push(ALL.scene);
    expect(codeOf(() => long.push(Uint8Array.of(1)))).toBe('CORRUPT');
  });

  it.each([
    ['scale', { scale: 3 }],
    ['rank', { rank: 0 }],
    ['channels', { channels: 'rgb' }],
  ])('may be an option %s that does not exist', (field, options) => {
    for (const run of [createDecoder, (of: object) => decode(ALL.scene, of)])
      expect(() => run(options as never)).toThrow(expect.objectContaining({ code: 'OPTION', field }));
  });

  it('may be a layer that does not exist', () => {
    const decoder = createDecoder();
    decoder.push(ALL.scene);
    for (const layer of [0, -1, Number.NaN]) expect(codeOf(() => decoder.picture(layer))).toBe('OPTION');
    same(decoder.picture(1000), decode(ALL.scene));
  });

  it('can be aborted at every stage', () => {
    const stop = new AbortController();
    const decoder = createDecoder({ signal: stop.signal });
    decoder.push(ALL.scene.subarray(0, 6000));
    const slices = decoder.slices();
    slices.next();
    stop.abort('enough');
    for (const run of [
      () => slices.next(),
      () => decoder.picture(),
      () => decoder.push(new Uint8Array(1)),
      () => createDecoder({ signal: stop.signal }),
    ])
      expect(run).toThrow(expect.objectContaining({ code: 'ABORTED', field: 'signal', got: 'enough' }));
  });
});
