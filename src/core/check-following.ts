import { CodecError } from './errors.js';

/** Throws OPTION where what is to end a call, or to be told of it, is neither left out nor what it should be. */
export function checkFollowing({ signal, onProgress }: { signal?: unknown; onProgress?: unknown }): void {
  if (signal && typeof (signal as AbortSignal).aborted !== 'boolean')
    throw new CodecError('OPTION', { field: 'signal', got: signal, expected: 'an AbortSignal' });
  if (onProgress && typeof onProgress !== 'function')
    throw new CodecError('OPTION', { field: 'onProgress', got: onProgress, expected: 'a function' });
}
