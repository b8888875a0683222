import { inspectSequence, type SequenceInfo } from '../../sequence/inspect.js';
import { readSequenceHeader } from '../../sequence/read-header.js';
import { verifySequence } from '../../sequence/verify.js';

/** What of a sequence is decoded. */
export interface SoundPart {
  info: SequenceInfo;
  /** How many frames, from the first on. */
  frames: number;
  /** From how many bytes. */
  length: number;
  /** Where it is damaged, and what is decoded. */
  damage?: string;
}

/**
 * Finds how far a sequence can be decoded: to its end or, if `tolerant`, to the last frame before the damage. `still`: only the background is
 * wanted. Throws CodecError as `inspectSequence` does, also at the damage if nothing is left before it.
 */
export function soundPart(bytes: Uint8Array, tolerant: boolean, still: boolean): SoundPart {
  const { damage, sound } = tolerant ? verifySequence(bytes) : { damage: [], sound: 0 };
  const [first] = damage;
  if (!first) return all(bytes);
  const before = first.from;
  const { header, start } = readSequenceHeader(bytes);
  const inFactor = before < header.sizes.reduce((sum, size) => sum + size, start);
  if (still ? sound === 0 : inFactor) return all(bytes);
  const info = inspectSequence(bytes.subarray(0, before));
  const kept = info.frameBytes.length;
  const where = `damaged: ${first.field}, bytes ${before} to ${first.to}`;
  if (still) {
    const left = first.field.startsWith('factor 1:')
      ? 'decoded as far as the layer before'
      : 'not in the background';
    return { info, frames: info.frames, length: before, damage: `${where}: ${left}` };
  }
  if (kept === 0) return all(bytes);
  const left =
    kept === info.frames
      ? 'all frames are decoded'
      : `decoded are ${kept} of ${info.frames} frames, those before it`;
  return { info, frames: kept, length: before, damage: `${where}: ${left}` };
}

function all(bytes: Uint8Array): SoundPart {
  const info = inspectSequence(bytes);
  return { info, frames: info.frames, length: bytes.length };
}
