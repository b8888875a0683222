import { CodecError } from './errors.js';

/** How a call can be ended, and what is told as it goes on. */
interface Following {
  signal?: unknown;
  onProgress?: unknown;
  onFrame?: unknown;
}

/** Throws OPTION if one is given, that is, neither undefined nor null, but of the wrong kind. */
export function checkFollowing({ signal, ...told }: Following): void {
  if (isGiven(signal) && typeof (signal as AbortSignal).aborted !== 'boolean')
    throw new CodecError('OPTION', { field: 'signal', got: signal, expected: 'an AbortSignal' });
  for (const field of ['onProgress', 'onFrame'] as const)
    if (isGiven(told[field]) && typeof told[field] !== 'function')
      throw new CodecError('OPTION', { field, got: told[field], expected: 'a function' });
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
