import type { Header } from '../../../src/format/header.js';
import { endOf } from '../../../src/format/ranges.js';
import { readHeader } from '../../../src/format/read-header.js';
import { compact, withStream } from '../files.js';
import type { Random } from '../random.js';
import { changeBytes } from './change-bytes.js';
import { changeHeader } from './change-header.js';

interface Parts {
  header: Header;
  stream: Uint8Array;
}

/** A picture taken apart; undefined if it has no readable header, or no index. */
function partsOf(bytes: Uint8Array): Parts | undefined {
  try {
    const { header, stream } = readHeader(bytes);
    return header.compact
      ? undefined
      : { header, stream: bytes.subarray(stream, stream + endOf(header.layers.at(-1)!)) };
  } catch {
    return undefined;
  }
}

/**
 * Changes a picture and makes its checks again, so that they do not notice. What cannot be taken apart, and sometimes what can, is changed
 * as bytes.
 */
export function changePicture(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const parts = partsOf(bytes);
  if (!parts) return changeBytes(bytes, random);
  const whole = random.chance(0.7);
  let { header, stream } = parts;
  const kind = random.below(40);
  if (kind < 16) stream = changeBytes(stream, random);
  else if (kind < 29) header = changeHeader(header, random);
  else if (kind < 34) {
    header = changeHeader(header, random);
    stream = changeBytes(stream, random);
  } else if (kind < 39) stream = partsOf(other)?.stream ?? random.bytes(random.below(300));
  else return compacted(bytes) ?? changeBytes(bytes, random);
  return withStream(header, stream, whole);
}

/** A picture in the compact form, if it has one. */
function compacted(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return compact(bytes);
  } catch {
    return undefined;
  }
}
