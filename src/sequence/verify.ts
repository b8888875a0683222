import { crc32 } from '../bits/crc32.js';
import { CodecError } from '../core/errors.js';
import { type Damage, type Verification, verify } from '../decode/verify.js';
import { check } from '../format/check.js';
import { checkBytes } from '../format/check-bytes.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { readSequenceHeader } from './read-header.js';
import { readSection } from './read-section.js';

/**
 * `verify` for a sequence: checks its header, the pictures of its factors, each frame and the whole. Layers are those of the background.
 * Throws as `verify` does.
 */
export function verifySequence(bytes: Uint8Array): Verification {
  checkBytes(bytes);
  const { length } = bytes;
  const damage: Damage[] = [];
  const result = { complete: false, present: 0, layers: 0, sound: 0, damage };
  const found = (error: unknown, from: number, to: number): void => {
    if (!(error instanceof CodecError && error.code === 'CORRUPT')) throw error;
    damage.push({ field: error.field, from, to });
  };
  let read: ReturnType<typeof readSequenceHeader>;
  try {
    read = readSequenceHeader(bytes);
  } catch (error) {
    found(error, 0, Math.min(length, ((error as CodecError).offset ?? 0) + 2));
    return result;
  }
  const { header, start } = read;
  let at = start;
  for (const [k, size] of header.sizes.entries()) {
    const file = bytes.subarray(at, at + size);
    if (file.length < (k ? size : 1)) return result;
    const of = verify(file);
    for (const { field, from, to } of of.damage)
      damage.push({ field: `factor ${k + 1}: ${field}`, from: at + from, to: at + to });
    if (!k) Object.assign(result, { present: of.present, layers: of.layers, sound: of.sound });
    at += size;
  }
  for (let index = 0; index < header.frames; index++)
    try {
      const section = readSection(bytes, at, index);
      if (!section) return result;
      at = section.end;
    } catch (error) {
      // It is no longer certain where the next frame begins.
      found(error, at, length);
      return result;
    }
  for (const { type, length: more } of header.extensions) if (type % 2) at += more;
  const size = at + TRAILER_BYTES;
  result.complete = length >= size;
  if (result.complete && !damage.length)
    try {
      check(bytes, at, size, crc32(bytes, 0, at), 'checksum');
    } catch (error) {
      found(error, at, size);
    }
  if (length > size) damage.push({ field: 'file', from: size, to: length });
  return result;
}
