import { gzipSync } from 'node:zlib';
import { decodeSequence } from 'lowrank/sequence';
import { getQuickJS } from 'quickjs-emscripten';
import { describe, expect, it } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { bundle } from '../bundle.js';
import { DECODER_FOLDERS } from '../decoder-folders.js';
import { encodeFrames } from './clips.js';

/** Its present size, gzipped, with room for growth of the picture decoder: that has its own ceiling. */
const CEILING = 23_050;
const WRITER =
  /(^|\/)(write|design|encode|range-encoder|bit-writer|choose-|plan\.|gains|differences|background|sequence\/options|sequence-coder)[^/]*$/;

describe('The reader of sequences in a web page', () => {
  it('is no larger than it was, gzipped at level 9', async () => {
    const { code } = await bundle('sequence/index.js', 'esm');
    const bytes = gzipSync(code, { level: 9 }).length;
    console.log(`lowrank/sequence: ${bytes} bytes gzipped, ceiling ${CEILING}`);
    expect(bytes).toBeLessThanOrEqual(CEILING);
  });

  it('consists of decoders alone: no package, no built-in module of Node, no encoder', async () => {
    const { inputs, external } = await bundle('sequence/index.js', 'esm');
    const files = Object.keys(inputs);
    expect(external).toEqual([]);
    const folders = [...DECODER_FOLDERS, 'sequence'];
    expect(files.filter(file => !folders.includes(file.split('/')[1]!) || !file.startsWith('dist/'))).toEqual(
      [],
    );
    expect(files.filter(file => WRITER.test(file))).toEqual([]);
    expect(files).toContain('dist/sequence/frame-decoder.js');
  });

  it('uses no function whose last bit differs between engines', async () => {
    const { code } = await bundle('sequence/index.js', 'esm');
    const used = new Set([...code.matchAll(/Math\.(\w+)/g)].map(([, name]) => name!));
    for (const name of ['exp', 'log', 'log2', 'log10', 'cos', 'sin', 'tan', 'pow', 'hypot', 'cbrt'])
      expect(used).not.toContain(name);
    expect(used).toContain('sqrt');
  });

  it('gives the same samples in QuickJS as in Node', async () => {
    const file = await encodeFrames(drawClip().slice(0, 4), { quality: 60, temporalRank: 2 });
    const here = [...decodeSequence(file, { channels: 'file' })].flatMap(({ data }) => [...data]);
    const { code } = await bundle('sequence/index.js', 'iife');
    const context = (await getQuickJS()).newContext();
    context.unwrapResult(context.evalCode(code)).dispose();
    const input = context.newArrayBuffer(Uint8Array.from(file).buffer);
    context.setProp(context.global, 'input', input);
    input.dispose();
    const script = `
      var all = [];
      for (const { data } of lowrank.decodeSequence(new Uint8Array(input), { channels: 'file' })) all.push(...data);
      Uint8Array.from(all).buffer`;
    const buffer = context.unwrapResult(context.evalCode(script));
    const samples = context.getArrayBuffer(buffer);
    expect([...samples.value]).toEqual(here);
    samples.dispose();
    buffer.dispose();
    context.dispose();
  });
});
