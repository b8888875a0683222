import { CodecError } from './errors.js';

/** Throws OPTION if `signal` or `onProgress` is given but of the wrong kind. */
export function checkFollowing({ signal, onProgress }: { signal?: unknown; onProgress?: unknown }): void {
  if (signal && typeof (signal as AbortSignal).aborted !== 'boolean')
    throw new CodecError('OPTION', { field: 'signal', got: signal, expected: 'an AbortSignal' });
  if (onProgress && typeof onProgress !== 'function')
    throw new CodecError('OPTION', { field: 'onProgress', got: onProgress, expected: 'a function' });
}
