import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as modules from 'lowrank';
import * as packed from 'lowrank/decode';
import { describe, expect, it } from 'vitest';
import { bundle } from '../bundle.js';
import { DECODER_FOLDERS } from '../decoder-folders.js';

/** Its present size, rounded up: 14,336 before parts and regions, which take 1,550. */
const CEILING = 15_940;
/** Modules that only write, or that serve only an encoder's choices. */
const ENCODER = /(^|\/)(write|design|analyse|lap\.|range-encoder|bit-writer|encode|truncate)[^/]*$/;

type Decoder = typeof packed;

const ROOT = join(import.meta.dirname, '../..');
const shipped = readFileSync(join(ROOT, 'dist/lowrank-decode.js'), 'utf8');

describe('The decoder in a web page', () => {
  it('is no larger than it was, gzipped at level 9', async () => {
    const bytes = gzipSync(shipped, { level: 9 }).length;
    console.log(`lowrank/decode: ${bytes} bytes gzipped, ${shipped.length} minified, ceiling ${CEILING}`);
    expect(bytes).toBeLessThanOrEqual(CEILING);
  });

  it('gives what its modules give, under the same names', () => {
    const files = readdirSync(join(ROOT, 'test/golden')).filter(name => name.endsWith('.lrk'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const bytes = readFileSync(join(ROOT, 'test/golden', file));
      expect(packed.inspect(bytes)).toEqual(modules.inspect(bytes));
      expect(packed.decode(bytes, { rank: 3, channels: 'file' })).toEqual(
        modules.decode(bytes, { rank: 3, channels: 'file' }),
      );
    }
    expect(Object.keys(packed).sort()).toEqual(['CodecError', 'createDecoder', 'decode', 'inspect']);
  });

  it('fails as its modules fail, under the same names', () => {
    const failure = (of: Decoder, bytes: Uint8Array, options: object): object => {
      try {
        of.decode(bytes, options);
      } catch (error) {
        expect(error).toBeInstanceOf(of.CodecError);
        const { name, message } = error as Error;
        return { ...(error as object), name, message };
      }
      throw new Error('it did not fail');
    };
    const whole = readFileSync(join(ROOT, 'samples/scene.lrk'));
    const columns = modules.encode(modules.decode(whole, { scale: 8, channels: 'file' }), {
      layout: 'channel',
    });
    const aborted = AbortSignal.abort('enough');
    for (const [bytes, options] of [
      [new Uint8Array(0), {}],
      [whole.subarray(0, 30), {}],
      [Uint8Array.from(whole).fill(9, 100), {}],
      [whole, { rank: 0.5 }],
      [whole, { maxPixels: 10 }],
      [whole, { maxMemory: 10 }],
      [columns, { maxProducts: 10 }],
      [Uint8Array.from(whole).fill(9, 4000), {}],
      [whole, { channels: 'rgb' }],
      [whole, { signal: aborted }],
    ] as const)
      expect(failure(packed, bytes, options)).toEqual(failure(modules, bytes, options));
  });

  it('shows the intact part of a damaged file, if told to', () => {
    const damaged = Uint8Array.from(readFileSync(join(ROOT, 'samples/scene.lrk'))).fill(9, 4000);
    for (const options of [{ tolerant: true }, { tolerant: true, scale: 2 }] as const)
      expect(packed.decode(damaged, options)).toEqual(modules.decode(damaged, options));
    expect(packed.inspect(damaged, { tolerant: true })).toEqual(modules.inspect(damaged, { tolerant: true }));
  });

  it('consists of the decoder alone: no package, no built-in module of Node, no encoder', async () => {
    const { inputs, external } = await bundle('decode/index.js', 'esm');
    const files = Object.keys(inputs);
    expect(external).toEqual([]);
    expect(
      files.filter(file => !DECODER_FOLDERS.includes(file.split('/')[1]!) || !file.startsWith('dist/')),
    ).toEqual([]);
    expect(files.filter(file => ENCODER.test(file))).toEqual([]);
    expect(files).toContain('dist/decode/decode.js');
  });

  it('uses no function whose last bit differs between engines', () => {
    const exact = [
      'floor',
      'ceil',
      'round',
      'trunc',
      'abs',
      'min',
      'max',
      'sign',
      'sqrt',
      'imul',
      'clz32',
      'fround',
    ];
    const used = [...shipped.matchAll(/Math\.(\w+)/g)].map(([, name]) => name!);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(name => !exact.includes(name))).toEqual([]);
    // Small powers of two are exact everywhere; other powers may not be.
    expect(
      [...shipped.matchAll(/.{3}\*\*.{8}/g)]
        .map(([found]) => found)
        .filter(found => !/[^\w.]2\*\*/.test(found)),
    ).toEqual([]);
  });
});
