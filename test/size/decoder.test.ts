import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundle } from '../bundle.js';
import { DECODER_FOLDERS } from '../decoder-folders.js';

/** What it takes today, rounded up; it may only fall. The aim is 12,288: CONTRIBUTING.md. */
const CEILING = 18_304;
/** Modules that only write, or that only an encoder's choices need. */
const ENCODER = /(^|\/)(write|design|analyse|lap\.|range-encoder|bit-writer|encode|truncate)[^/]*$/;

describe('The decoder in a web page', () => {
  it('is no larger than it was, gzipped at level 9', async () => {
    const { code } = await bundle('decode/index.js', 'esm');
    const bytes = gzipSync(code, { level: 9 }).length;
    console.log(`lowrank/decode: ${bytes} bytes gzipped, ${code.length} minified, ceiling ${CEILING}`);
    expect(bytes).toBeLessThanOrEqual(CEILING);
  });

  it('is made of the decoder alone: no package, no built-in of Node, nothing of the encoder', async () => {
    const { inputs, external } = await bundle('decode/index.js', 'esm');
    const files = Object.keys(inputs);
    expect(external).toEqual([]);
    expect(
      files.filter(file => !DECODER_FOLDERS.includes(file.split('/')[1]!) || !file.startsWith('dist/')),
    ).toEqual([]);
    expect(files.filter(file => ENCODER.test(file))).toEqual([]);
    expect(files).toContain('dist/decode/decode.js');
  });

  it('has no function whose last bit differs between engines', async () => {
    const { code } = await bundle('decode/index.js', 'esm');
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
    const used = [...code.matchAll(/Math\.(\w+)/g)].map(([, name]) => name!);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(name => !exact.includes(name))).toEqual([]);
    // Small powers of two are exact everywhere; of other powers that is not known.
    expect(
      [...code.matchAll(/.{3}\*\*.{8}/g)].map(([found]) => found).filter(found => !/[^\w.]2\*\*/.test(found)),
    ).toEqual([]);
  });
});
