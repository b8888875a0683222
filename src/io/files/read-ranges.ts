import { type FileHandle, open } from 'node:fs/promises';
import { CodecError } from '../../core/errors.js';
import { type ByteRange, type RangesOptions, rangesOf } from '../../decode/ranges-of.js';
import { endOf } from '../../format/ranges.js';
import { readHeader } from '../../format/read-header.js';
import { readError } from './read-bytes.js';

/** Bytes read first: nearly always the whole header. */
const HEAD = 65_536;

/**
 * The parts of an .lrk file that `decode` reads for a region, and its metadata: an array as long as the file, with zeros in place of what
 * was not read. Files whose header cannot be read, and anything but a plain file, such as a pipe, are read whole. Throws as readBytes does.
 */
export async function readRanges(path: string, options: RangesOptions): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const about = await file.stat();
    const ranges = about.isFile() && about.size > HEAD && (await wanted(file, about.size, options));
    if (!ranges) return await file.readFile();
    const bytes = new Uint8Array(about.size);
    for (const { from, to } of ranges) await fill(file, bytes.subarray(from, to), from);
    return bytes;
  } catch (error) {
    throw readError(path, error);
  } finally {
    await file?.close();
  }
}

/** The ranges, and what follows the last layer; undefined where the header cannot tell. */
async function wanted(
  file: FileHandle,
  size: number,
  options: RangesOptions,
): Promise<ByteRange[] | undefined> {
  for (let length = HEAD; ; length *= 4) {
    const head = new Uint8Array(Math.min(length, size));
    await fill(file, head, 0);
    try {
      const { header, stream } = readHeader(head);
      const end = stream + endOf(header.layers.at(-1)!);
      return [...rangesOf(head, options), { from: end, to: size }].filter(({ from }) => from < size);
    } catch (error) {
      // `decode` reports what else is wrong with it.
      if (!(error instanceof CodecError && error.code === 'TRUNCATED') || length >= size) return undefined;
    }
  }
}

/** Fills `into` from position `at`, or as far as the file goes. */
async function fill(file: FileHandle, into: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file.read(into, done, into.length - done, at + done);
    if (!bytesRead) return;
    done += bytesRead;
  }
}
