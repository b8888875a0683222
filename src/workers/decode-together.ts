import type { DecodeOptions } from '../decode/index.js';
import { checkLimits } from '../decode/limits.js';
import { openFile } from '../decode/open.js';
import { checkOptions, type Picture } from '../decode/picture.js';
import type { Region } from '../decode/region.js';
import { isLarge } from '../encode/parts/part-of.js';
import type { Header } from '../format/header.js';
import { workTogether } from './part-threads.js';

/** `decode` by so many threads, this one among them: the same samples. `tell` is called with the share done, 0 to 1. Undefined where one thread is as good. */
export function decodeTogether(
  bytes: Uint8Array,
  options: DecodeOptions,
  threads: number,
  tell?: (done: number) => void,
): Picture | undefined {
  const { region, scale = 1, tolerant, signal: _, ...rest } = options;
  if (threads < 2 || region || scale > 1 || tolerant) return undefined;
  checkOptions(options);
  const file = openFile(bytes);
  const { width, height, channels } = file.header;
  const parts = stripsOf(file.header, threads);
  if (!file.complete || parts.length < 2 || !isLarge(file.header)) return undefined;
  checkLimits(file, options);
  const samples = rest.channels === 'file' ? channels : 4;
  const bitDepth = rest.bitDepth ?? file.header.bitDepth;
  const deep = bitDepth === 16;
  const memory = new SharedArrayBuffer(width * height * samples * (deep ? 2 : 1));
  const data = deep ? new Uint16Array(memory) : new Uint8ClampedArray(memory);
  const rank = new Int32Array(new SharedArrayBuffer(4));
  workTogether(
    { decode: { bytes: sharedBytes(bytes), options: rest, data, width, samples, parts, rank } },
    threads,
    (done, count) => tell?.(done / count),
  );
  return {
    width,
    height,
    channels: samples as Picture['channels'],
    bitDepth,
    data: data.slice(),
    rank: rank[0]!,
  };
}

/** The same bytes where other threads can see them. */
function sharedBytes(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** A picture in strips, one a thread, with borders where those of parts are. Each reads the parts beside it too, so it is two parts wide at least. */
function stripsOf({ width, height, part }: Header, threads: number): Region[] {
  const side = 8 * 2 ** part;
  const [across, down] = [Math.ceil(width / side), Math.ceil(height / side)];
  const most = Math.max(across, down);
  const count = Math.min(threads, most >> 1);
  return Array.from({ length: count }, (_, n) => {
    const from = Math.floor((n * most) / count) * side;
    const to = Math.floor(((n + 1) * most) / count) * side;
    return across >= down
      ? { x: from, y: 0, width: Math.min(to, width) - from, height }
      : { x: 0, y: from, width, height: Math.min(to, height) - from };
  });
}
