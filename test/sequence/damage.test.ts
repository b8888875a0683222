import fc from 'fast-check';
import { CodecError, decodeSequence, decodeSequenceStream, inspectSequence } from 'lowrank';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawClip } from '../../samples/clip.js';
import { gainsOf, type SequenceHeader } from '../../src/sequence/header.js';
import { readSequenceHeader } from '../../src/sequence/read-header.js';
import { writeSequenceHeader } from '../../src/sequence/write-header.js';
import { writeSection } from '../../src/sequence/write-section.js';
import { checked } from '../properties/codec-rasters.js';
import { encodeFrames } from './clips.js';

/** 'frames', or the code of the error. */
function outcomeOf(bytes: Uint8Array): string {
  try {
    for (const { data } of decodeSequence(bytes, { maxPixels: 20_000 }))
      expect(data.length).toBeGreaterThan(0);
    return 'frames';
  } catch (error) {
    if (error instanceof CodecError) return error.code;
    throw error;
  }
}

let bytes: Uint8Array;
let start: number;
let header: SequenceHeader;
let sections: Uint8Array[];
beforeAll(async () => {
  bytes = await encodeFrames(
    drawClip().slice(0, 4),
    { quality: 40, effort: 1, temporalRank: 2 },
    { durations: [10, 20, 30, 40] },
  );
  const { frameBytes } = inspectSequence(bytes);
  ({ header, start } = readSequenceHeader(bytes));
  let at = bytes.length - 4 - frameBytes.reduce((sum, size) => sum + size, 0);
  sections = frameBytes.map(size => bytes.subarray(at, (at += size)));
});

describe('A damaged sequence', () => {
  it('is refused whichever of its bits is changed, and whenever it is cut within the size of a frame', () => {
    const refusals = ['NOT_LRK', 'VERSION', 'TRUNCATED', 'CORRUPT', 'LIMIT'];
    let cut = 0;
    for (let bit = 0; bit < bytes.length * 8; bit += bit < start * 8 ? 1 : 7) {
      const damaged = bytes.slice();
      damaged[bit >> 3]! ^= 128 >> (bit & 7);
      const outcome = outcomeOf(damaged);
      if (outcome === 'frames' && !inspectSequence(damaged).complete) cut++;
      else expect(refusals, `bit ${bit}`).toContain(outcome);
    }
    expect(cut).toBeLessThan(8 * sections.length);
  });

  it('decodes from every cut after the first layer of its background, and is TRUNCATED or EMPTY before', () => {
    const { factorBytes, background } = inspectSequence(bytes);
    for (let end = 0; end < bytes.length; end++) {
      const expected =
        end === 0 ? 'EMPTY' : end < start + background.layers[0]!.bytes ? 'TRUNCATED' : 'frames';
      if (end < start + factorBytes[0]! || end % 5 === 0)
        expect(outcomeOf(bytes.subarray(0, end)), `${end} bytes`).toBe(expected);
    }
  });

  it('names the frame at fault', () => {
    const damaged = bytes.slice();
    damaged[bytes.length - sections[3]!.length - 9]! ^= 4;
    expect(() => [...decodeSequence(damaged)]).toThrow(/CORRUPT: frame 3: check/);
    const [first, second] = decodeSequence(damaged);
    expect([first!.index, second!.index]).toEqual([0, 1]);
    expect(() => inspectSequence(damaged)).toThrow(/CORRUPT: frame 3: check/);
  });

  it('must not go on after its last frame', async () => {
    const longer = Uint8Array.from([...bytes, 0]);
    expect(() => [...decodeSequence(longer)]).toThrow(/CORRUPT: file/);
    const chunks = decodeSequenceStream([bytes, Uint8Array.of(0)]);
    await expect(async () => {
      for await (const _ of chunks);
    }).rejects.toThrow(/CORRUPT: file/);
  });
});

describe('Damage that no checksum detects gives frames or an error', () => {
  const frame = fc.nat(3);

  it('anywhere in a frame', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(frame, changes, (index, places) => {
        const size = sections[index]!.length < 131 ? 1 : 2;
        const stream = sections[index]!.slice(size, -2);
        for (const [at, change] of places) stream[at % stream.length]! ^= change;
        expect(['frames', 'CORRUPT']).toContain(outcomeOf(withSection(index, stream)));
      }),
      checked(60),
    );
  });

  it('as random bytes instead of a frame', () => {
    fc.assert(
      fc.property(frame, fc.uint8Array({ maxLength: 400, size: 'max' }), (index, noise) => {
        expect(['frames', 'CORRUPT']).toContain(outcomeOf(withSection(index, noise)));
      }),
      checked(60),
    );
  });

  it('as a header whose fields do not match its pictures', () => {
    const numbers = (most: number) => fc.array(fc.nat(most), { minLength: 1, maxLength: 6 });
    const odd = fc.record({
      frames: fc.integer({ min: 1, max: 2 ** 20 }),
      loops: fc.nat(65_535),
      step: fc.nat(4095),
      gain: fc.integer({ min: -8192, max: 8191 }),
      sizes: numbers(3000),
    });
    fc.assert(
      fc.property(odd, ({ frames, loops, step, gain, sizes }) => {
        const gains = sizes.map(() => (frames < 50 ? new Array<number>(frames).fill(gain) : []));
        const head = writeSequenceHeader({
          ...header,
          frames,
          loops,
          step,
          durations: [7],
          gains,
          sizes: sizes.map(size => size + 1),
        });
        const forged = Uint8Array.from([...head, ...bytes.subarray(start)]);
        // As many frames as the header says would take too long: a few are enough.
        let outcome = 'frames';
        try {
          let left = 3;
          for (const _ of decodeSequence(forged)) if (!--left) break;
        } catch (error) {
          if (!(error instanceof CodecError)) throw error;
          outcome = error.code;
        }
        expect(['frames', 'CORRUPT', 'TRUNCATED', 'NOT_LRK', 'VERSION']).toContain(outcome);
      }),
      checked(60),
    );
  });

  it('with a factor of another size than the background', async () => {
    const other = (
      await encodeFrames(
        drawClip()
          .slice(0, 2)
          .map(frame => ({ ...frame, height: 30, data: frame.data.subarray(0, frame.data.length / 2) })),
      )
    ).slice();
    const { factorBytes } = inspectSequence(other);
    const from = readSequenceHeader(other).start;
    const picture = other.subarray(from, from + factorBytes[0]!);
    const first = bytes.subarray(start, start + header.sizes[0]!);
    const head = writeSequenceHeader({ ...header, sizes: [first.length, picture.length] });
    const forged = Uint8Array.from([...head, ...first, ...picture]);
    expect(() => [...decodeSequence(forged)]).toThrow(/CORRUPT: factor 2: height/);
  });
});

describe('The header', () => {
  it('is read as it was written, with lists in short if all entries are equal', () => {
    expect(header).toMatchObject({ frames: 4, loops: 0, durations: [1000, 2000, 3000, 4000] });
    expect(gainsOf(header, 3).length).toBe(2);
    const again = writeSequenceHeader(header);
    expect(Buffer.from(again).equals(bytes.subarray(0, start))).toBe(true);
    expect(readSequenceHeader(again).header).toEqual(header);
  });
});

/** The sequence with other bytes for one frame, with matching size and check. */
function withSection(index: number, stream: Uint8Array): Uint8Array {
  const before = bytes.length - 4 - sections.reduce((sum, { length }) => sum + length, 0);
  return Uint8Array.from([
    ...bytes.subarray(0, before),
    ...sections.flatMap((section, i) => [...(i === index ? writeSection(stream) : section)]),
  ]);
}
