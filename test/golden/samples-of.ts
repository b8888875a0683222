import type { DecodeOptions, Picture, SequenceFrame, SequenceOptions } from 'lowrank';

/** What is asked of a decoder. */
export interface Question {
  /** Only so many bytes of the file are there. Default: all. */
  bytes?: number;
  /** Rank, or of a sequence temporal rank. */
  rank?: number;
  /** The picture at 1 / scale of its size, by section 14.5. */
  scale?: 2 | 4 | 8;
  /** x, y, width and height of a rectangle of pixels. */
  region?: [number, number, number, number];
}

/** A decoder of ours: the modules, or what is shipped of them. */
export interface DecoderOfFiles {
  decode: (bytes: Uint8Array, options: DecodeOptions) => Picture;
  decodeSequence: (bytes: Uint8Array, options: SequenceOptions) => Iterable<SequenceFrame>;
  isSequence: (bytes: Uint8Array) => boolean;
}

/** The samples that are the answer to a question, as bytes; of a sequence those of one frame after the other. Runs in any engine. Throws CodecError. */
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
