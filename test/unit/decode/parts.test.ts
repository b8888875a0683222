import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/decode/decode.js';
import type { DecodeOptions } from '../../../src/decode/options.js';
import { decodeInParts, type PartsWork, workOnPart } from '../../../src/decode/parts/decode-in-parts.js';
import { inTurn } from '../../../src/planes/kernels.js';
import { draw } from '../../properties/codec-rasters.js';

const folder = join(import.meta.dirname, '../../golden');
const files = ['.', 'vectors'].flatMap(of =>
  readdirSync(join(folder, of))
    .filter(name => name.endsWith('.lrk'))
    .map(name => [join(of, name), new Uint8Array(readFileSync(join(folder, of, name)))] as const),
);

const eachPart = (work: PartsWork): void => {
  const { parts } = 'read' in work ? work.read : work.show;
  inTurn(parts.map((_, n) => () => workOnPart(work, n)));
};

/** The result of a call, or its error. */
const outcomeOf = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('Decoding part by part', () => {
  it('gives for every golden file in parts what decoding as a whole gives, errors too', () => {
    let [decoded, refused] = [0, 0];
    for (const [name, bytes] of files)
      for (const options of [{}, { channels: 'file', bitDepth: 8 }] as DecodeOptions[]) {
        const made = outcomeOf(() => decodeInParts(bytes, options, eachPart));
        if (made === undefined) continue;
        if (made instanceof Error) refused++;
        else decoded++;
        expect(made, name).toEqual(outcomeOf(() => decode(bytes, options)));
      }
    expect(decoded).toBeGreaterThan(3);
    expect(refused).toBeGreaterThan(3);
  });

  it('gives samples of 16 bits with alpha, and handles steps so fine that levels take more than 16 bits', () => {
    for (const options of [{}, { quality: 100 }]) {
      const file = encode(draw(300, 270, 4, 16, 'waves'), { effort: 1, partSize: 256, ...options });
      for (const wanted of [{}, { bitDepth: 8 }, { channels: 'file' }] as DecodeOptions[])
        expect(decodeInParts(file, wanted, eachPart)).toEqual(decode(file, wanted));
    }
  });

  it('declines anything but the whole of a file of several parts', () => {
    const file = encode(draw(300, 270, 3, 8, 'photo'), { effort: 1, partSize: 256 });
    const region = { x: 0, y: 0, width: 9, height: 9 };
    for (const options of [{ rank: 10 }, { scale: 2 }, { region }, { tolerant: true }] as const)
      expect(decodeInParts(file, options, eachPart)).toBeUndefined();
    expect(decodeInParts(file.subarray(0, file.length - 1), {}, eachPart)).toBeUndefined();
    expect(decodeInParts(encode(draw(30, 27, 3, 8, 'photo')), {}, eachPart)).toBeUndefined();
  });
});
