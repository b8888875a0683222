import { readBlocks } from '../decode/blocks.js';
import { checkLimits } from '../decode/limits.js';
import { openFile } from '../decode/open.js';
import type { Limits } from '../decode/options.js';
import { blockFactors } from './block-factors.js';
import type { ChannelFactors } from './channel-factors.js';
import { columnFactors } from './column-factors.js';

/**
 * What a file, or a prefix that holds its first layer, stores for each channel: the basis, its bytes, the columns in use and the singular
 * values. Unlike `inspect` it reads the whole stream, and does all of the decoding but the last step. Channels are in the order of the
 * file, alpha last. Throws CodecError as `decode` does.
 */
export function inspectFactors(bytes: Uint8Array, limits: Limits = {}): ChannelFactors[] {
  const file = openFile(bytes);
  checkLimits(file, limits);
  return file.header.layout === 'block' ? blockFactors(readBlocks(file), file) : columnFactors(file);
}
