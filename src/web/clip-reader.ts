import { fail } from '../core/errors.js';
import type { Raster } from '../core/raster.js';
import { createDecoder } from '../decode/create-decoder.js';
import type { Slices } from '../decode/slices.js';
import { type FrameDecoder, frameDecoder, wholePictures } from '../sequence/frame-decoder.js';
import { inspectSequence } from '../sequence/inspect.js';
import { type OpenSequence, openPrefix } from '../sequence/open.js';
import { readSection } from '../sequence/read-section.js';
import type { ClipAnswer, ClipQuestion } from './messages.js';

/** A result before it becomes a bitmap. */
type Found = Omit<ClipAnswer, 'bitmap'> & { raster?: Raster };

/** At most this many frames are skipped before an answer, since another frame may be wanted by then. */
const PASSED = 16;

/**
 * Reads a sequence as it arrives: first its background, layer by layer, then frames. Returns the function that answers questions, in
 * slices. It keeps only what it has not read yet. It throws as `decodeSequence` does, and a prefix gives the same frames. (A closure, since
 * its names then take no bytes in a web page.)
 */
export function clipReader(): (question: ClipQuestion) => Slices<Found> {
  let bytes = new Uint8Array(0);
  /** Bytes of what comes next that have been seen already. */
  let known = 0;
  let sequence: OpenSequence | undefined;
  let frames: FrameDecoder | undefined;
  let next = 0;
  const background = createDecoder({ channels: 'file' });
  let pushed = 0;
  let shown = -1;
  let first: Raster | undefined;

  const add = (chunks: readonly Uint8Array[]): void => {
    if (!chunks.length) return;
    const parts: Uint8Array[] = [bytes];
    for (const chunk of chunks) {
      parts.push(chunk.subarray(known));
      known = Math.max(0, known - chunk.length);
    }
    bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
  };

  /** The next layer of the background; with the last one, and the other factors, it makes `frames`. */
  function* begin({ end, rank }: ClipQuestion): Slices<Found | undefined> {
    const told = !!sequence;
    sequence = openPrefix(bytes, end);
    if (!sequence) return { more: true, next };
    const { header, pictures } = sequence;
    const [file] = pictures as [Uint8Array];
    const layers = background.push(file.subarray(pushed));
    pushed = file.length;
    if (layers > shown && (layers || end || pushed === header.sizes[0])) {
      first = yield* background.slices(layers || undefined);
      shown = layers;
      const info = told ? undefined : inspectSequence(bytes.subarray(0, sequence.start));
      return { info, raster: toRgba(first), layer: layers, next };
    }
    const wanted = header.sizes.slice(0, rank || Infinity);
    if (!end && wanted.some((size, k) => pictures[k]?.length !== size)) return { more: true, next };
    const rasters = [first!];
    for (const other of wholePictures(sequence, rank || Infinity).slice(1)) {
      const decoder = createDecoder({ channels: 'file' });
      decoder.push(other);
      rasters.push(yield* decoder.slices());
    }
    frames = frameDecoder(sequence, rank ? { rank } : {}, rasters);
    bytes = bytes.subarray(sequence.start);
    return undefined;
  }

  return function* (question) {
    const { chunks, end, frame, rewind, rank } = question;
    if (rewind && frames) {
      frames.rewind();
      next = 0;
      bytes = new Uint8Array(0);
      known = sequence!.start;
    }
    add(chunks);
    if (!frames) {
      const found = yield* begin(question);
      if (found) return found;
    }
    for (let passed = 0; passed < PASSED; passed++) {
      const section = rank ? undefined : readSection(bytes, 0, next);
      if (!section && !rank && !end) return { more: true, next };
      bytes = bytes.subarray(section?.end ?? 0);
      if (next++ === frame) {
        const raster = frames!.next(section?.stream);
        if (section && next === sequence!.header.frames && bytes.length > sequence!.behind)
          fail('CORRUPT', 'file', `${bytes.length} bytes after the last frame`);
        return { raster, next };
      }
      frames!.skip(section?.stream);
      yield;
    }
    return { next };
  };
}

/** The samples of any picture as RGBA. */
function toRgba(raster: Raster): Raster {
  const { width, height, channels, bitDepth, data } = raster;
  const out =
    bitDepth === 16 ? new Uint16Array(width * height * 4) : new Uint8ClampedArray(width * height * 4);
  const colours = channels > 2 ? 3 : 1;
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    for (let c = 0; c < 3; c++) out[to + c] = data[from + (c % colours)]!;
    out[to + 3] = channels > colours ? data[from + colours]! : bitDepth === 16 ? 65_535 : 255;
  }
  return { ...raster, channels: 4, data: out };
}
