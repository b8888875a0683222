import { createContext, runInContext } from 'node:vm';
import { decode, inspectFactors } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { bundle } from '../bundle.js';
import { draw } from '../properties/codec-rasters.js';

describe('The main entry in a web page', () => {
  it('is made of this package alone: no other package, no built-in of Node, nothing that touches files', async () => {
    const { inputs, external } = await bundle('index.js', 'esm');
    const files = Object.keys(inputs);
    expect(external).toEqual([]);
    expect(files.filter(file => !/^dist\/(?!io\/|cli\/|report\/)/.test(file))).toEqual([]);
    expect(files).toContain('dist/encode/encode.js');
    expect(files).toContain('dist/decode/decode.js');
  });

  it('encodes, decodes and inspects where there is nothing but the language, as it does here', async () => {
    const { code } = await bundle('index.js', 'iife');
    const raster = draw(40, 30, 4, 8, 'photo');
    const context = createContext({ raster });
    // Typed arrays of another realm are no instances of this one's: the raster is made anew over there.
    runInContext(
      `${code}
      raster = { ...raster, data: Uint8Array.from(raster.data) };
      var file = lowrank.encode(raster);
      var picture = lowrank.decode(file);
      var factors = JSON.stringify(lowrank.inspectFactors(file));`,
      context,
    );
    const file = Uint8Array.from(context.file);
    expect(Array.from(context.picture.data)).toEqual(Array.from(decode(file).data));
    expect(JSON.parse(context.factors)).toEqual(inspectFactors(file));
    expect(runInContext('typeof process + typeof Buffer + typeof TextDecoder', context)).toBe(
      'undefined'.repeat(3),
    );
  });
});
