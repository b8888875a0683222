import { CodecError } from '../core/errors.js';
import type { DecodedChannels } from './blocks.js';
import type { OpenFile } from './open.js';

/** bits -> columns -> factors -> channels, layout `channel`, keeping at most `rank` columns. */
export function decodeColumns(_bytes: Uint8Array, _file: OpenFile, _rank: number): DecodedChannels {
  throw new CodecError('VERSION', { field: 'layout', got: 'channel', expected: 'block' });
}
