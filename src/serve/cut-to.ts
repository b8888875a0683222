import { inspect } from '../decode/index.js';
import { truncate } from '../decode/truncate.js';
import { isSequence } from '../sequence/is-sequence.js';
import type { Query } from './read-query.js';

/** Cuts a file to what a picture of the size asked for is made of; the file itself where it has no smaller one. Throws CodecError where it is damaged, or no .lrk file. */
export function cutTo(bytes: Uint8Array, query: Query): Uint8Array {
  const { width, height } = query;
  if ((!width && !height && (query.scale ?? 1) === 1) || isSequence(bytes)) return bytes;
  const info = inspect(bytes);
  const scale =
    query.scale ??
    ([8, 4, 2] as const).find(
      of => Math.ceil(info.width / of) >= width && Math.ceil(info.height / of) >= height,
    ) ??
    1;
  const needed = info.sizes[[8, 4, 2].indexOf(scale)];
  return scale > 1 && needed && needed < info.layers.length
    ? truncate(bytes, { scale: scale as 2 | 4 | 8 })
    : bytes;
}
