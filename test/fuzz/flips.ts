import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodecError,
  decode,
  decodeSequence,
  inspect,
  inspectSequence,
  isSequence,
  type Raster,
  type SequenceFrame,
  verify,
} from 'lowrank';
import { readHeader } from '../../src/format/read-header.js';
import { attempt, hold } from './targets/attempt.js';
import { checkSize, same } from './targets/samples.js';

/** Ten small golden files of all kinds. */
export const TEN: readonly string[] = [
  'samples/tiny-7x5',
  'samples/tiny-1x300',
  'test/golden/tiny-layout-channel',
  'test/golden/vectors/rgb-8',
  'test/golden/vectors/grey-alpha-16',
  'test/golden/vectors/tiles-grey',
  'test/golden/vectors/drawn-rgb-with-metadata',
  'test/golden/vectors/compact-grey',
  'test/golden/vectors/frames-one-pixel',
  'test/golden/vectors/frames-grey',
];

export const readGolden = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../..', `${name}.lrk`)));

/** The pictures of a file, or its error. */
interface Seen {
  frames: Raster[];
  error?: CodecError | undefined;
}

function look(bytes: Uint8Array): Seen {
  const frames: Raster[] = [];
  const { error } = attempt(() => {
    if (isSequence(bytes)) for (const frame of decodeSequence(bytes)) frames.push(frame);
    else frames.push(decode(bytes));
  });
  for (const frame of frames) checkSize(frame);
  return { frames, error };
}

/** What is known of a file before damage. */
export interface Sound {
  bytes: Uint8Array;
  whole: Seen;
  /** Where layers begin and end, the first and the last; none for the compact form and sequences. */
  ends: number[];
}

export function soundOf(bytes: Uint8Array): Sound {
  const whole = look(bytes);
  hold(!whole.error, `not sound: ${whole.error?.message}`);
  const layers = isSequence(bytes) ? [] : inspect(bytes).layers;
  const ends = layers.length ? [readHeader(bytes).stream, ...layers.map(layer => layer.bytes)] : [];
  return { bytes, whole, ends };
}

const isCompact = ({ bytes }: Sound): boolean => bytes[1] === 0xf0;

/**
 * Throws unless a file with this bit flipped is refused, and the layer of the bit is named. A sequence may give frames that it reports as
 * incomplete: if the size of a frame grows, the file looks cut short. The compact form, which has no checks, may give a picture of the
 * stated size.
 */
export function checkFlip(sound: Sound, bit: number): void {
  const { bytes, ends } = sound;
  const flipped = bytes.slice();
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  const { error, frames } = look(flipped);
  if (isCompact(sound)) return;
  hold(error || frames.some(frame => 'whole' in frame && !frame.whole), `bit ${bit} went unnoticed`);
  const layer = ends.findIndex(end => end > bit >> 3);
  if (layer < 1) return;
  hold(error?.field === `layer ${layer}`, `bit ${bit} of layer ${layer} was told of as ${error?.field}`);
  hold(verify(flipped).damage[0]?.field === `layer ${layer}`, `bit ${bit} was not found by verify`);
}

/**
 * Throws unless the first `length` bytes of a file give the picture of their whole layers or frames, or an error that says that they are
 * cut short.
 */
export function checkCut(sound: Sound, length: number): void {
  const { bytes, whole, ends } = sound;
  const cut = bytes.subarray(0, length);
  const { frames, error } = look(cut);
  if (error) {
    const known = ['EMPTY', 'TRUNCATED'].includes(error.code);
    hold(known || isCompact(sound), `${length} bytes: ${error.message}`);
    hold(!ends.length || length < ends[1]!, `${length} bytes hold a layer: ${error.message}`);
    return;
  }
  hold(frames.length === whole.frames.length, `${frames.length} pictures of ${whole.frames.length}`);
  if (isSequence(bytes)) {
    const { frameBytes } = inspectSequence(cut);
    frames.forEach((frame, i) => {
      hold((frame as SequenceFrame).whole === i < frameBytes.length, `frame ${i + 1} of ${length} bytes`);
      if (i < frameBytes.length)
        hold(same(frame, whole.frames[i]!), `another frame ${i + 1} of ${length} bytes`);
    });
  } else if (ends.length) {
    const end = ends.filter(end => end <= length).at(-1)!;
    const [expected] = look(bytes.subarray(0, end)).frames;
    hold(expected && same(frames[0]!, expected), `another picture of ${length} bytes`);
  }
}
