import { crc32 } from '../bits/crc32.js';
import { fail } from '../core/errors.js';
import { decode } from '../decode/decode.js';
import type { DecodeOptions, Picture } from '../decode/options.js';
import { check } from '../format/check.js';
import { checkBytes } from '../format/check-bytes.js';
import { joined } from '../format/joined.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { type FrameDecoder, frameDecoder } from './frame-decoder.js';
import { type OpenSequence, openPrefix, openSequence } from './open.js';
import { readSection, type Section } from './read-section.js';
import type { SequenceFrame, SequenceOptions } from './sequence-frame.js';

/**
 * Decodes a sequence, or any prefix that holds the first layer of its background, frame by frame. A prefix also gives all frames: those
 * without bytes of their own are their low-rank part. Throws CodecError at a frame that is damaged.
 */
export function* decodeSequence(
  bytes: Uint8Array,
  options: SequenceOptions = {},
): Generator<SequenceFrame, void, undefined> {
  const sequence = openSequence(bytes);
  const from = firstOf(options);
  const decoder = frameDecoder(sequence, options);
  let at: number | undefined = sequence.start;
  for (let index = 0; index < sequence.header.frames; index++) {
    const section: Section | undefined = at === undefined ? undefined : readSection(bytes, at, index);
    at = section?.end;
    if (index < from) decoder.skip(section?.stream);
    else yield decoder.next(section?.stream);
  }
  if (at !== undefined) checkEnd(bytes, at, sequence, true);
}

/**
 * Decodes a sequence while its bytes arrive: each frame is yielded as soon as its last byte is here. If the bytes end early, it yields what
 * `decodeSequence` yields for the prefix. Throws as `decodeSequence` does.
 */
export async function* decodeSequenceStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: SequenceOptions = {},
): AsyncGenerator<SequenceFrame, void, undefined> {
  // Bytes that are here and not yet used; the next section begins at `at`.
  let bytes = new Uint8Array(0);
  let at = 0;
  let index = 0;
  let sequence: OpenSequence | undefined;
  let decoder: FrameDecoder | undefined;
  const from = firstOf(options);
  for await (const chunk of chunks) {
    checkBytes(chunk);
    bytes = joined([bytes.subarray(at), chunk]);
    at = 0;
    if (!sequence) {
      const open = openPrefix(bytes);
      if (!open || open.start > bytes.length) continue;
      sequence = open;
      decoder = frameDecoder(sequence, options);
      at = sequence.start;
    }
    for (; index < sequence.header.frames; index++) {
      const section = readSection(bytes, at, index);
      if (!section) break;
      at = section.end;
      if (index < from) decoder!.skip(section.stream);
      else yield decoder!.next(section.stream);
    }
    if (index === sequence.header.frames) checkEnd(bytes, at, sequence, false);
  }
  sequence ??= openSequence(bytes);
  decoder ??= frameDecoder(sequence, options);
  for (; index < sequence.header.frames; index++)
    if (index < from) decoder.skip(undefined);
    else yield decoder.next(undefined);
}

/** Decodes the background: the picture of the first spatial factor. Options and errors as in `decode`. */
export const decodeBackground = (bytes: Uint8Array, options: DecodeOptions = {}): Picture =>
  decode(openSequence(bytes).pictures[0]!, options);

function firstOf({ from = 0 }: SequenceOptions): number {
  if (!(Number.isInteger(from) && from >= 0)) fail('OPTION', 'from', from, '0, 1, 2, ...');
  return from;
}

/** Checks the end of a file; its frames end at byte `frames`. `all`: the bytes are a whole file from its first byte. */
function checkEnd(bytes: Uint8Array, frames: number, { behind }: OpenSequence, all: boolean): void {
  const size = frames + behind;
  const at = size - TRAILER_BYTES;
  if (bytes.length > size) fail('CORRUPT', 'file', bytes.length, size, size);
  if (all && bytes.length === size) check(bytes, at, size, crc32(bytes, 0, at), 'checksum');
}
