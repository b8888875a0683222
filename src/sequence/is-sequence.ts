import { beginsWith } from '../format/signature.js';
import { SEQUENCE_SIGNATURE } from './header.js';

/** Are these the first bytes of a sequence, of any version? Throws OPTION for anything but a Uint8Array. */
export const isSequence = (bytes: Uint8Array): boolean => beginsWith(bytes, SEQUENCE_SIGNATURE);
