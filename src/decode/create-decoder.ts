import { type CodecError, fail } from '../core/errors.js';
import { checkBytes } from '../format/check-bytes.js';
import type { Info } from './info.js';
import { infoOf } from './info-of.js';
import { checkLimits } from './limits.js';
import { type OpenFile, openFile } from './open.js';
import { checkOptions, type DecodeOptions, type Picture, type Picture8 } from './options.js';
import { type Decoding, pictureAt, startDecoding } from './picture.js';
import { atOnce, type Slices } from './slices.js';

/** Decodes a file while it arrives. */
export interface Decoder<P extends Picture = Picture> {
  /** The header, and what is here so far; undefined until the header is here. */
  readonly info: Info | undefined;
  /** Does the last picture use everything that the file can give at the requested `rank` and `scale`? Then the download may stop. */
  readonly done: boolean;
  /**
   * Takes the next bytes, any number of them, and copies them. Returns how many whole layers are here so far: when that grows, `picture`
   * has something new. Throws CodecError as soon as the bytes cannot be those of a file.
   */
  push(chunk: Uint8Array): number;
  /**
   * The picture up to the end of layer `layer`, counted from 1, or of the last layer that is here: the same as `decode` gives for that
   * prefix. No byte is decoded twice, so that for a layer before the last one requested it gives that one's picture. The compact form,
   * which has no layers, is decoded anew. Throws as `decode` does, TRUNCATED if the first layer is not here.
   */
  picture(layer?: number): P;
  /**
   * The same in slices of milliseconds, for a thread that has other things to do: a generator that returns the picture. Only one may run at
   * a time; one that is not run to its end is wasted.
   */
  slices(layer?: number): Slices<P>;
}

/**
 * A decoder that takes a file in chunks and gives the picture of each finished layer. Options and their errors are those of `decode`. They
 * are read when the first picture is asked for, so that `scale` can be set once `info` is known.
 */
export function createDecoder(options: DecodeOptions & { bitDepth: 8 }): Decoder<Picture8>;
export function createDecoder(options?: DecodeOptions): Decoder;
export function createDecoder(options: DecodeOptions = {}): Decoder {
  checkOptions(options);
  let buffer = new Uint8Array(0);
  let bytes = buffer;
  let file: OpenFile | undefined;
  let decoding: Decoding | undefined;
  /** No layer is checked twice. */
  const open = (least: number): OpenFile => openFile(bytes, { ...options, least, sound: file?.layers });
  return {
    get info() {
      return file && infoOf(file);
    },
    get done() {
      return !!decoding && decoding.steps >= decoding.wanted;
    },
    push(chunk) {
      checkOptions(options);
      checkBytes(chunk);
      const { length } = bytes;
      const size = length + chunk.length;
      if (size > buffer.length) {
        buffer = new Uint8Array(2 * size);
        buffer.set(bytes);
      }
      buffer.set(chunk, length);
      bytes = buffer.subarray(0, size);
      try {
        file = open(0);
      } catch (error) {
        if (size && (error as CodecError).code !== 'TRUNCATED') throw error;
      }
      return file && !file.header.compact ? file.layers : 0;
    },
    picture(layer) {
      return atOnce(this.slices(layer));
    },
    *slices(layer = Infinity) {
      checkOptions(options);
      if (!(layer >= 1)) fail('OPTION', 'layer', layer, '1 or more');
      file = open(1);
      checkLimits(file, options);
      const { header, shown, source } = file;
      const before = header.compact ? undefined : decoding;
      const goesOn = before?.reading.coders.every((coder, i) =>
        coder.extend(source(i && shown.ranges[i - 1]!)),
      );
      const current = goesOn ? before! : startDecoding(file, options);
      // Until it is done: one that was abandoned or failed begins anew.
      decoding = undefined;
      const count = Math.min(file.count, header.layers.slice(0, layer).at(-1)!.steps);
      const picture = yield* pictureAt(current, file, count, options);
      decoding = current;
      return picture;
    },
  };
}
