import {
  type CodecError,
  createDecoder,
  decode,
  decodeBackground,
  decodeSequence,
  decodeSequenceStream,
  encode,
  inspect,
  inspectFactors,
  inspectSequence,
  isSequence,
  rangesOf,
  truncate,
  verify,
  verifySequence,
} from 'lowrank';
import * as decoder from 'lowrank/decode';
import { decodeAsync } from 'lowrank/node';
import { expect, it } from 'vitest';
import { draw } from '../../properties/codec-rasters.js';

const file = encode(draw(24, 16, 3, 8, 'photo'));

/** Every function that takes bytes. */
const READERS: Record<string, (bytes: Uint8Array) => unknown> = {
  decode,
  inspect,
  inspectFactors,
  isSequence,
  rangesOf,
  verify,
  verifySequence,
  inspectSequence,
  decodeBackground,
  decodeAsync,
  truncate: bytes => truncate(bytes, { rank: 1 }),
  'createDecoder.push': bytes => createDecoder().push(bytes),
  decodeSequence: bytes => [...decodeSequence(bytes)],
  decodeSequenceStream: bytes => decodeSequenceStream([bytes]).next(),
  'lowrank/decode: decode': decoder.decode,
  'lowrank/decode: inspect': decoder.inspect,
  'lowrank/decode: push': bytes => decoder.createDecoder().push(bytes),
};

it.each(Object.entries(READERS))('%s refuses anything but bytes, and says so', async (name, read) => {
  const { buffer } = file.slice();
  for (const got of [buffer, new DataView(buffer), [...file], 'photo.lrk', Promise.resolve(file), null, 5]) {
    if (got instanceof Promise && name === 'decodeSequenceStream') continue; // some are asynchronous
    const error = await (async () => read(got as unknown as Uint8Array))().then(
      () => undefined,
      (error: CodecError) => error,
    );
    expect(error).toMatchObject({ code: 'OPTION', field: 'bytes', got, expected: 'a Uint8Array' });
  }
  expect(buffer.byteLength).toBe(file.length);
});

it('rangesOf refuses a scale that does not exist, as decode does', () => {
  for (const scale of [0, 3, Number.NaN, '2' as unknown as 2])
    expect(() => rangesOf(file, { scale: scale as 2 })).toThrow(
      expect.objectContaining({ code: 'OPTION', field: 'scale', got: scale, expected: '1, 2, 4 or 8' }),
    );
});
