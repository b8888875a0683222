import { decodeSequence, decodeSequenceStream, inspectSequence, type SequenceFrame } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { frameDecoder } from '../../src/sequence/frame-decoder.js';
import { openSequence } from '../../src/sequence/open.js';
import { readSection } from '../../src/sequence/read-section.js';
import { encodeFrames } from './clips.js';

const FRAMES = drawClip().slice(0, 5);
const FILE = await encodeFrames(
  FRAMES,
  { quality: 50, effort: 1, temporalRank: 2 },
  { durations: [10, 20, 30, 40, 50] },
);
const ALL = [...decodeSequence(FILE)];

/** The file in chunks of this many bytes. */
function* chunksOf(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function listed(frames: AsyncIterable<SequenceFrame>): Promise<SequenceFrame[]> {
  const list: SequenceFrame[] = [];
  for await (const frame of frames) list.push(frame);
  return list;
}

describe('decodeSequence from a later frame', () => {
  it.each([0, 1, 3, 4, 5, 1000])('gives the same frames as from the start: from %d', async from => {
    const expected = ALL.slice(from);
    expect([...decodeSequence(FILE, { from })]).toEqual(expected);
    for (const size of [1, 100, FILE.length])
      expect(await listed(decodeSequenceStream(chunksOf(FILE, size), { from }))).toEqual(expected);
  });

  it('gives the same low-rank parts, from a prefix too', () => {
    expect([...decodeSequence(FILE, { from: 2, rank: 1 })]).toEqual(
      [...decodeSequence(FILE, { rank: 1 })].slice(2),
    );
    const { frameBytes } = inspectSequence(FILE);
    const prefix = FILE.subarray(0, FILE.length - 4 - frameBytes[4]! - frameBytes[3]! - 1);
    const frames = [...decodeSequence(prefix, { from: 1 })];
    expect(frames).toEqual([...decodeSequence(prefix)].slice(1));
    expect(frames.map(({ index, whole }) => [index, whole])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [4, false],
    ]);
  });

  it.each([-1, 0.5, Number.NaN])('refuses %d', async from => {
    const error = { code: 'OPTION', field: 'from' };
    expect(() => [...decodeSequence(FILE, { from })]).toThrow(expect.objectContaining(error));
    await expect(listed(decodeSequenceStream([FILE], { from }))).rejects.toMatchObject(error);
  });

  it('reports a corrupt frame before it', () => {
    const { frameBytes } = inspectSequence(FILE);
    const start = FILE.length - 4 - frameBytes.reduce((sum, bytes) => sum + bytes, 0);
    const damaged = FILE.slice();
    damaged[start + frameBytes[0]! + frameBytes[1]! - 3]! ^= 1;
    expect(() => [...decodeSequence(damaged, { from: 4 })]).toThrow(
      expect.objectContaining({ code: 'CORRUPT', field: expect.stringMatching(/^frame 2: /) }),
    );
  });

  it('starts again with the first frame after rewinding', () => {
    const sequence = openSequence(FILE);
    const decoder = frameDecoder(sequence, {});
    for (const whole of [true, false, true]) {
      let at = sequence.start;
      for (const frame of whole ? ALL : ALL.slice(0, 2)) {
        const section = readSection(FILE, at, frame.index)!;
        at = section.end;
        if (frame.index === 1) decoder.skip(section.stream);
        else expect(decoder.next(section.stream)).toEqual(frame);
      }
      decoder.rewind();
    }
  });
});
