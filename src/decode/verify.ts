import { crc16 } from '../bits/crc16.js';
import { crc32 } from '../bits/crc32.js';
import { CodecError } from '../core/errors.js';
import { checkBytes } from '../format/check-bytes.js';
import { endOf } from '../format/ranges.js';
import { readHeader } from '../format/read-header.js';
import { TRAILER_BYTES } from '../format/signature.js';
import { takeExtensions } from '../format/take-extensions.js';

/** Bytes that have changed. */
export interface Damage {
  /** What they belong to: 'layer 3', 'layer 3 part 2', 'header check', 'checksum' and so on, as in codec-spec.md. */
  field: string;
  /** The damage lies within bytes[from .. to). */
  from: number;
  to: number;
}

/** The results of a file's checks. */
export interface Verification {
  /** Are all bytes of the file here? */
  complete: boolean;
  /** Layers that are here, damaged or not, and layers in the file; 0 in the compact form, which has no checks. */
  present: number;
  layers: number;
  /** Layers that can be decoded: those before the first damage. */
  sound: number;
  /** In the order of the file; empty if everything here is sound. */
  damage: Damage[];
}

/**
 * Checks a picture without decoding it: its header, each layer that is here, and the whole file if it is complete. A download that was cut
 * short is no damage. Throws CodecError OPTION for anything but a Uint8Array, and if the bytes are no file, or have no valid header: EMPTY,
 * NOT_LRK, VERSION, TRUNCATED.
 */
export function verify(bytes: Uint8Array): Verification {
  checkBytes(bytes);
  const { length } = bytes;
  const nothing = { complete: false, present: 0, layers: 0, sound: 0 };
  let read: ReturnType<typeof readHeader>;
  try {
    read = readHeader(bytes);
  } catch (error) {
    if (!(error instanceof CodecError && error.code === 'CORRUPT')) throw error;
    const { field, offset = 0 } = error;
    return { ...nothing, damage: [{ field, from: 0, to: Math.min(length, offset + 2) }] };
  }
  const { header, stream } = read;
  if (header.compact) return { ...nothing, complete: true, damage: [] };
  const damage: Damage[] = [];
  let from = stream;
  let present = 0;
  let sound = 0;
  for (const layer of header.layers) {
    if (stream + endOf(layer) > length) break;
    present++;
    for (const [n, { end, check }] of layer.ranges.entries()) {
      const to = stream + end;
      if (crc16(bytes, from, to) !== check)
        damage.push({ field: `layer ${present}${n ? ` part ${n}` : ''}`, from, to });
      from = to;
    }
    if (!damage.length) sound++;
  }
  const at = takeExtensions(bytes, header.extensions, true, stream + endOf(header.layers.at(-1)!));
  const size = at + TRAILER_BYTES;
  const complete = length >= size;
  const stored = complete ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(at) : 0;
  if (complete && !damage.length && stored !== crc32(bytes, 0, at))
    damage.push({ field: 'checksum', from, to: size });
  if (length > size) damage.push({ field: 'file', from: size, to: length });
  return { complete, present, layers: header.layers.length, sound, damage };
}
