import { fail } from '../core/errors.js';
import type { PlainHeader } from '../format/plain-header.js';

/** Throws CORRUPT unless the picture of factor k, counted from 1, has the size and the sample format of the sequence. */
export function checkFactor(picture: PlainHeader, sequence: PlainHeader, k: number): void {
  for (const field of ['width', 'height', 'channels', 'bitDepth'] as const)
    if (picture[field] !== sequence[field])
      fail('CORRUPT', `factor ${k}: ${field}`, picture[field], sequence[field]);
}
