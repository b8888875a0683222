import type { DecodeOptions, Picture, SequenceFrame, SequenceOptions } from 'lowrank';

/** A question to a decoder. */
export interface Question {
  /** Only this many bytes of the file are present. Default: all. */
  bytes?: number;
  /** Rank, or temporal rank for a sequence. */
  rank?: number;
  /** The picture at 1 / scale of its size, by section 14.5. */
  scale?: 2 | 4 | 8;
  /** x, y, width and height of a rectangle of pixels. */
  region?: [number, number, number, number];
}

/** One of our decoders: the modules, or a published bundle. */
export interface DecoderOfFiles {
  decode: (bytes: Uint8Array, options: DecodeOptions) => Picture;
  decodeSequence: (bytes: Uint8Array, options: SequenceOptions) => Iterable<SequenceFrame>;
  isSequence: (bytes: Uint8Array) => boolean;
}

/** The samples that answer a question, as bytes; for a sequence those of all frames in order. Runs in any engine. Throws CodecError. */
export function* samplesOf(
  { decode, decodeSequence, isSequence }: DecoderOfFiles,
  file: Uint8Array,
  { bytes, rank, scale, region }: Question,
): Generator<Uint8Array> {
  const here = file.subarray(0, bytes);
  const asBytes = ({ data: { buffer, byteOffset, byteLength } }: Picture | SequenceFrame): Uint8Array =>
    new Uint8Array(buffer, byteOffset, byteLength);
  if (isSequence(here)) {
    for (const frame of decodeSequence(here, { channels: 'file', ...(rank && { rank }) }))
      yield asBytes(frame);
    return;
  }
  const options: DecodeOptions = { channels: 'file' };
  if (rank) options.rank = rank;
  if (scale) options.scale = scale;
  if (region) {
    const [x, y, width, height] = region;
    options.region = { x, y, width, height };
  }
  yield asBytes(decode(here, options));
}
