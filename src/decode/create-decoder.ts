import type { CodecError } from '../core/errors.js';
import { type Info, inspect } from './inspect.js';
import { type OpenFile, openFile } from './open.js';
import {
  checkOptions,
  type DecodeOptions,
  type Decoding,
  type Picture,
  pictureAt,
  startDecoding,
  stepsWanted,
} from './picture.js';
import { atOnce, type Slices } from './reading.js';

/** Decodes a file while it arrives. */
export interface Decoder {
  /** What the header says; undefined as long as it is not here. */
  readonly info: Info | undefined;
  /**
   * Takes the next bytes. Returns how many whole layers there are now: where that grows, `picture` has something new. Throws CodecError as soon as the bytes
   * cannot be those of a file.
   */
  push(chunk: Uint8Array): number;
  /**
   * The picture up to the end of layer `layer`, counted from 1, or of the last that is here. Every byte is decoded once: a layer before the last one asked for
   * gives the same picture as that. Throws TRUNCATED where the first layer is not here.
   */
  picture(layer?: number): Picture;
  /** The same in slices of milliseconds, for a thread that has other things to do: a generator that returns the picture. */
  slices(layer?: number): Slices<Picture>;
  /** Layers that are of use at the rank and scale asked for, known from the first picture on: the download may stop after them. */
  readonly wanted: number;
}

/** A decoder that takes a file in chunks and gives the picture of each finished layer. Options as those of `decode`. */
export function createDecoder(options: DecodeOptions = {}): Decoder {
  checkOptions(options);
  let buffer = new Uint8Array(4096);
  let bytes = buffer.subarray(0, 0);
  let file: OpenFile | undefined;
  let decoding: Decoding | undefined;

  /** The file as far as it is here; undefined where not even its header is. */
  const open = (): OpenFile | undefined => {
    try {
      return openFile(bytes, 0);
    } catch (error) {
      if (bytes.length && (error as CodecError).code !== 'TRUNCATED') throw error;
      return undefined;
    }
  };

  return {
    get info() {
      return file && inspect(bytes);
    },
    push(chunk) {
      checkOptions(options);
      const { length } = bytes;
      const size = length + chunk.length;
      if (size > buffer.length) {
        buffer = new Uint8Array(2 * size);
        buffer.set(bytes);
      }
      buffer.set(chunk, length);
      bytes = buffer.subarray(0, size);
      file = open();
      return file ? file.layers : 0;
    },
    picture(layer) {
      return atOnce(this.slices(layer));
    },
    *slices(layer = Infinity) {
      if (!file?.layers) file = openFile(bytes);
      const { header, end, layers } = file;
      // The compact form has no layers: what is here of it may be another picture later.
      if (!decoding || header.compact) decoding = startDecoding(bytes, file, options);
      decoding.reading.coder.extend(bytes, end);
      const count = header.layers
        .slice(0, Math.min(layer, layers))
        .reduce((sum, { steps }) => sum + steps, 0);
      return yield* pictureAt(decoding, file, header.compact ? file.count : count, options);
    },
    get wanted() {
      let left = decoding && file ? stepsWanted(decoding, file) : Infinity;
      return file ? file.header.layers.filter(({ steps }) => (left -= steps) + steps > 0).length : 0;
    },
  };
}
