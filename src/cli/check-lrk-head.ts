import { fail } from '../core/errors.js';
import { beginsWith, COMPACT_SIGNATURE, SIGNATURE } from '../format/signature.js';

/** Throws CodecError NOT_LRK, as decoding would, unless these may be the first bytes of an .lrk file: before its output is looked at. */
export function checkLrkHead(head: Uint8Array): void {
  const may = (signature: Uint8Array): boolean => beginsWith(signature, head.subarray(0, signature.length));
  if (!may(SIGNATURE) && !may(COMPACT_SIGNATURE))
    fail('NOT_LRK', 'signature', [...head.subarray(0, SIGNATURE.length)], SIGNATURE);
}
