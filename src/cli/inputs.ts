import { open, stat } from 'node:fs/promises';
import { readBytes } from '../io/files/read-bytes.js';
import { readAll, type Terminal } from './terminal.js';

/** Can an input only be read once: stdin, a pipe, a device? */
export async function isStream(path: string): Promise<boolean> {
  if (path === '-') return true;
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/** All bytes of an input; '-' is stdin. Throws IoError as `readBytes` does. */
export const bytesOfInput = (path: string, terminal: Terminal): Promise<Uint8Array> =>
  path === '-' ? readAll(terminal.stdin) : readBytes(path);

/** The first bytes of a file, by default enough to recognise an .lrk file; undefined if there is no file. */
export async function firstBytes(path: string, count = 8): Promise<Uint8Array | undefined> {
  const file = await open(path).catch(() => undefined);
  try {
    const read = await file?.read(new Uint8Array(count), 0, count, 0);
    return read?.buffer.subarray(0, read.bytesRead);
  } catch {
    return new Uint8Array(0); // a folder: the command itself says so
  } finally {
    await file?.close();
  }
}

/**
 * The bytes of an input that has been looked at before, or can only be read once; undefined for a plain file, which is read by its path.
 * Each can be taken once.
 */
export async function takeStream(path: string, terminal: Terminal): Promise<Uint8Array | undefined> {
  const held = terminal.held?.get(path);
  if (held) {
    terminal.held!.delete(path);
    return held;
  }
  return (await isStream(path)) ? bytesOfInput(path, terminal) : undefined;
}

/**
 * All bytes of the only input, if it can only be read once, and a terminal that holds them until they are taken. Throws IoError as
 * `readBytes` does.
 */
export async function peek(
  inputs: readonly string[],
  terminal: Terminal,
): Promise<{ stream?: Uint8Array; again: Terminal }> {
  const [only] = inputs;
  if (inputs.length !== 1 || only === undefined || !(await isStream(only))) return { again: terminal };
  const stream = await bytesOfInput(only, terminal);
  return { stream, again: { ...terminal, held: new Map([[only, stream]]) } };
}
