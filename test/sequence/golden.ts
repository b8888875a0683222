import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { decodeBackground, decodeSequence, inspectSequence } from 'lowrank';
import { CLIP, drawClip } from '../../samples/clip.js';
import { encodeFrames } from './clips.js';

export const GOLDEN_FILE = join(import.meta.dirname, 'passing.lrk');
export const GOLDEN_TABLE = join(import.meta.dirname, 'golden.json');

/** Description of the golden sequence: the table changes only when a format or an encoder is meant to change. */
export function describeSequence(bytes: Uint8Array): object {
  const { rank, factorBytes, frameBytes } = inspectSequence(bytes);
  return {
    bytes: bytes.length,
    sha256: sha256(bytes),
    rank,
    factorBytes: factorBytes.join(' '),
    frameBytes: frameBytes.join(' '),
    background: sha256(decodeBackground(bytes, { channels: 'file' }).data),
    frames: [...decodeSequence(bytes, { channels: 'file' })].map(({ data }) => sha256(data)),
    lowRank: [...decodeSequence(bytes, { channels: 'file', rank: 2 })].map(({ data }) => sha256(data)),
  };
}

/** Encodes the golden sequence again. */
export const encodeGolden = (): Promise<Uint8Array> =>
  encodeFrames(
    drawClip(),
    { temporalRank: 2 },
    { durations: Array.from({ length: CLIP.frames }, (_, t) => CLIP.duration + t), loops: 2 },
  );

const sha256 = (bytes: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .digest('hex');
