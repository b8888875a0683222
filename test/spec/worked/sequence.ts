import { decodeBackground, decodeSequence, inspectSequence } from 'lowrank';
import { RangeDecoder } from '../../../src/bits/range-decoder.js';
import { gridOf } from '../../../src/matrices/blocks.js';
import { planeStates } from '../../../src/planes/states.js';
import { codeFrame } from '../../../src/sequence/code-frame.js';
import { FrameReader } from '../../../src/sequence/frame-reader.js';
import { emptyMemory } from '../../../src/sequence/memory.js';
import { readSequenceHeader } from '../../../src/sequence/read-header.js';
import { readSection } from '../../../src/sequence/read-section.js';
import { frameStates } from '../../../src/sequence/states.js';
import { inventPicture } from '../../golden/make/invent-picture.js';
import { assembled, inventSequence } from '../../golden/make/invent-sequence.js';
import { likely, randomOf } from '../../golden/make/inventor.js';
import { type Bit, traceBits } from '../trace.js';
import { fence, table, wrapped } from './text.js';

const WIDTH = 8;
const HEIGHT = 3;

function clip(): Uint8Array {
  const picture = inventPicture({
    fields: { width: WIDTH, height: HEIGHT, channels: 1, order: [0], rank: 3, step: 0x900 },
    decide: likely(randomOf(5), 0.3),
  });
  return assembled(
    inventSequence({
      ...{ pictures: [picture], frames: [true, false, true], decide: likely(randomOf(8), 0.2) },
      fields: { loops: 2, step: 0x980, durations: [4000, 4000, 8000], gains: [[0, 512, -300]] },
    }),
  );
}

const lines = (items: readonly (string | number)[], each: number): string[] =>
  Array.from({ length: Math.ceil(items.length / each) }, (_, i) =>
    items.slice(i * each, (i + 1) * each).join(' '),
  );

/** The bits of each frame; none for an empty one. */
function bitsOfFrames(bytes: Uint8Array, from: number, count: number): Bit[][] {
  const memory = emptyMemory(gridOf(WIDTH, HEIGHT, 8), 1);
  const states = { planes: planeStates(), frames: frameStates() };
  const frame = { coded: new Uint8Array(1), sources: new Uint8Array(1), levels: [new Int32Array(64)] };
  let at = from;
  return Array.from({ length: count }, (_, index) => {
    const { stream, end } = readSection(bytes, at, index)!;
    at = end;
    if (!stream.length) return [];
    const coder = new RangeDecoder(stream, 0);
    return traceBits(() => codeFrame(new FrameReader(coder, states), memory, frame, true));
  });
}

/** The smallest sequence with everything: a frame in full, an empty one with a gain, and one that refers back. */
export function workedSequence(): string {
  const bytes = clip();
  const { header, start } = readSequenceHeader(bytes);
  const { factorBytes, frameBytes } = inspectSequence(bytes);
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
  const show = (bits: { p: number; bit: number }[]): string[] =>
    lines(
      bits.map(({ p, bit }) => `${p}:${bit}`),
      12,
    );
  const ofHeader = traceBits(() => readSequenceHeader(bytes));
  const frames = [...decodeSequence(bytes, { channels: 'file' })];
  const [first, , last] = bitsOfFrames(bytes, start + factorBytes[0]!, header.frames);
  const rows: [string, string | number][] = [
    ['frames', header.frames],
    ['loops', header.loops],
    ['step', header.step],
    ['temporal rank', header.sizes.length],
    ['durations', header.durations.join(', ')],
    ['gains', header.gains[0]!.join(', ')],
    ['bytes of the factor', header.sizes[0]!],
    ['extensions', header.extensions.length],
  ];
  return [
    wrapped(
      `${WIDTH} x ${HEIGHT} pixels, grey, 8 bits, of one factor and ${header.frames} frames. The file, ${bytes.length} bytes; picture 1 begins at byte ${start}; the frames begin at byte ${start + factorBytes[0]!} and have ${frameBytes.join(', ')} bytes:`,
    ),
    fence(lines(hex, 16)),
    wrapped('The fields of its coded header (20.1), with their actual values, not as stored, and its bits:'),
    table(['field', 'value'], rows),
    fence(show(ofHeader)),
    wrapped(
      'The bits of the first and of the last frame, in the order in which they are read, each as p:bit:',
    ),
    fence(show(first!)),
    fence(show(last!)),
    wrapped('The samples of the background, and of each frame, one after the other:'),
    fence([
      lines([...decodeBackground(bytes, { channels: 'file' }).data], WIDTH).join('\n'),
      ...frames.map(({ data }) => `\n${lines([...data], WIDTH).join('\n')}`),
    ]),
    wrapped(`With rank 1, without what is left, the last frame is:`),
    fence(lines([...[...decodeSequence(bytes, { channels: 'file', rank: 1 })].at(-1)!.data], WIDTH)),
  ].join('\n');
}
