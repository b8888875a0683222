import { joined } from '../../../src/format/joined.js';
import { readHeader } from '../../../src/format/read-header.js';
import { wholeFile } from '../../../src/format/whole-file.js';
import { gridOf } from '../../../src/matrices/blocks.js';
import { planeStates } from '../../../src/planes/states.js';
import { codeFrame } from '../../../src/sequence/code-frame.js';
import type { Frame } from '../../../src/sequence/frame.js';
import { FrameReader } from '../../../src/sequence/frame-reader.js';
import type { SequenceHeader } from '../../../src/sequence/header.js';
import { emptyMemory } from '../../../src/sequence/memory.js';
import { frameStates } from '../../../src/sequence/states.js';
import { writeSequenceHeader } from '../../../src/sequence/write-header.js';
import { writeSection } from '../../../src/sequence/write-section.js';
import { type Decide, Inventor } from './inventor.js';

/** The parameters of an invented sequence. */
export interface SequenceInvention {
  /** The files of the factors; size and samples of the header are those of the first. */
  pictures: Uint8Array[];
  decide: Decide;
  /** By frame: does it have content? */
  frames: boolean[];
  fields?: Partial<SequenceHeader>;
}

/** A sequence taken apart. */
export interface Parts {
  header: SequenceHeader;
  pictures: Uint8Array[];
  sections: Uint8Array[];
}

export const assembled = ({ header, pictures, sections }: Parts): Uint8Array =>
  wholeFile(
    joined([writeSequenceHeader({ ...header, sizes: pictures.map(file => file.length) }), ...pictures]),
    joined(sections),
    header.extensions,
  );

/** Invents the residual of each frame. */
export function inventSequence({ pictures, decide, frames, fields }: SequenceInvention): Parts {
  const { width, height, channels, bitDepth } = readHeader(pictures[0]!).header;
  const header: SequenceHeader = {
    ...{ width, height, channels, bitDepth, frames: frames.length, loops: 0, step: 0x700 },
    ...{ durations: [4000], gains: pictures.map(() => []), sizes: [], extensions: [] },
    ...fields,
  };
  const memory = emptyMemory(gridOf(width, height, 8), channels);
  const states = { planes: planeStates(), frames: frameStates() };
  const blocks = memory.grid.cols * memory.grid.rows;
  const frame: Frame = {
    coded: new Uint8Array(blocks),
    sources: new Uint8Array(blocks),
    levels: memory.left.map(() => new Int32Array(blocks * 64)),
  };
  const sections = frames.map(says => {
    if (!says) return writeSection(new Uint8Array(0));
    const coder = new Inventor(decide);
    coder.lively.add(states.planes);
    codeFrame(new FrameReader(coder, states), memory, frame, true);
    const stream = coder.encoder.finish();
    return writeSection(stream.length ? stream : new Uint8Array(1));
  });
  return { header, pictures, sections };
}
