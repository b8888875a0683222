import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSequence } from 'lowrank';
import { decode } from 'lowrank/decode';
import { getQuickJS, type QuickJSContext } from 'quickjs-emscripten';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../bundle.js';

const ROOT = join(import.meta.dirname, '../..');
const files = ['samples', 'test/golden'].flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(file => file.endsWith('.lrk'))
    .map(file => `${folder}/${file}`)
    .filter(file => !isSequence(readFileSync(join(ROOT, file)))),
);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The bytes of what the decoder returns, from an engine that shares nothing with the one that runs this. */
function decodeInside(context: QuickJSContext, bytes: Uint8Array): Uint8Array {
  const input = context.newArrayBuffer(Uint8Array.from(bytes).buffer);
  context.setProp(context.global, 'input', input);
  input.dispose();
  const result = context.evalCode("lowrank.decode(new Uint8Array(input), { channels: 'file' }).data.buffer");
  const buffer = context.unwrapResult(result);
  const pixels = context.getArrayBuffer(buffer);
  const copy = Uint8Array.from(pixels.value);
  pixels.dispose();
  buffer.dispose();
  return copy;
}

describe('QuickJS and Node see the same pixels', () => {
  let context: QuickJSContext;
  beforeAll(async () => {
    const { code } = await bundle('lowrank-decode.js', 'iife');
    context = (await getQuickJS()).newContext();
    context.unwrapResult(context.evalCode(code)).dispose();
    return () => context.dispose();
  });

  it('has samples to look at', () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)('in %s', file => {
    const bytes = readFileSync(join(ROOT, file));
    const { data } = decode(bytes, { channels: 'file' });
    const here = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const there = decodeInside(context, bytes);
    expect(there.length).toBe(here.length);
    expect(sha256(there)).toBe(sha256(here));
  });
});
