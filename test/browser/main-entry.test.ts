import { createContext, runInContext } from 'node:vm';
import { decode, inspectFactors } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { bundle } from '../bundle.js';
import { draw } from '../properties/codec-rasters.js';

describe('The main entry in a web page', () => {
  it('consists of this package alone: no other package, no built-in module of Node, no code that touches files', async () => {
    const { inputs, external } = await bundle('index.js', 'esm');
    const files = Object.keys(inputs);
    expect(external).toEqual([]);
    expect(files.filter(file => !/^dist\/(?!io\/|cli\/|report\/)/.test(file))).toEqual([]);
    expect(files).toContain('dist/encode/encode.js');
    expect(files).toContain('dist/decode/decode.js');
  });

  it('encodes, decodes and inspects where only the language itself exists', async () => {
    const { code } = await bundle('index.js', 'iife');
    const raster = draw(40, 30, 4, 8, 'photo');
    const context = createContext({ raster });
    // The samples are of this realm and the codec of another, so they are no instance of its Uint8Array; they are accepted all the same.
    runInContext(
      `${code}
      var foreign = !(raster.data instanceof Uint8Array);
      var file = lowrank.encode(raster);
      var picture = lowrank.decode(file);
      var factors = JSON.stringify(lowrank.inspectFactors(file));`,
      context,
    );
    expect(context.foreign).toBe(true);
    const file = Uint8Array.from(context.file);
    expect(Array.from(context.picture.data)).toEqual(Array.from(decode(file).data));
    expect(JSON.parse(context.factors)).toEqual(inspectFactors(file));
    expect(runInContext('typeof process + typeof Buffer + typeof TextDecoder', context)).toBe(
      'undefined'.repeat(3),
    );
  });
});
