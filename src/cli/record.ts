import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asWriteError } from '../io/files/write-error.js';
import { writeAtomically } from '../io/index.js';

/** The state of an existing output. */
export type Standing =
  | 'missing'
  | 'current' // made from this content with these settings
  | 'outdated' // made by us, from something else
  | 'foreign'; // not made by us, or changed since

/** One line of a record: the name of a file or of a folder of frames, its checksum, and the key of what it was made from. */
interface Line {
  file: string;
  sum: string;
  key: string;
}

/** The content of one folder's record. */
interface Known {
  /** Keys by file and checksum. */
  known: Map<string, string>;
  /** Was its last line cut short, by a full disk or a kill? Then the next one begins on a new line. */
  isCut: boolean;
}

/** Of the folder that outputs are in. */
const NAME = '.lowrank.jsonl';

/**
 * Records what outputs were made from, in one file for each folder, with one line for each output. A line is added before its file appears.
 * An interruption at any point leaves a true record, since it identifies files by their content. A folder of frames is treated like a file.
 */
export class Record {
  readonly #folders = new Map<string, Promise<Known>>();
  /** By path: the file's identity, and its checksum. */
  readonly #sums = new Map<string, { face: string; sum: string }>();

  /** The state of an output that is to be made from `key`. An unreadable one counts as missing; writing will report the reason. */
  async standing(output: string, key: string): Promise<Standing> {
    const sum = await this.sum(output).catch(() => undefined);
    if (sum === undefined) return 'missing';
    const known = (await this.#folder(dirname(output))).known.get(`${basename(output)} ${sum}`);
    if (known === undefined) return 'foreign';
    return known === key ? 'current' : 'outdated';
  }

  /** Records by its checksum what is about to be written. Its folder must exist. */
  async note(output: string, sum: string, key: string): Promise<void> {
    const line: Line = { file: basename(output), sum, key };
    const path = join(dirname(output), NAME);
    const folder = await this.#folder(dirname(output));
    folder.known.set(`${line.file} ${line.sum}`, key);
    const text = `${folder.isCut ? '\n' : ''}${JSON.stringify(line)}\n`;
    folder.isCut = false;
    await appendFile(path, text).catch(error => {
      folder.isCut = true; // perhaps
      throw asWriteError(path, error);
    });
  }

  /**
   * SHA-256 of a file; it is read again only if its size or time changes. For a folder, that of the names and checksums of its files.
   * Throws what reading them throws.
   */
  async sum(path: string): Promise<string> {
    const stats = await stat(path, { bigint: true });
    if (stats.isDirectory()) return this.#sumOfFolder(path);
    const { dev, ino, size, mtimeNs } = stats;
    const face = [dev, ino, size, mtimeNs].join(' ');
    const known = this.#sums.get(path);
    if (known?.face === face) return known.sum;
    const sum = await sumOfFile(path);
    this.#sums.set(path, { face, sum });
    return sum;
  }

  async #sumOfFolder(path: string): Promise<string> {
    const hash = createHash('sha256');
    // Hidden files are those of file managers, not ours.
    for (const name of (await readdir(path)).filter(name => !name.startsWith('.')).sort())
      hash.update(`${name} ${await this.sum(join(path, name))}\n`);
    return hash.digest('hex');
  }

  #folder(folder: string): Promise<Known> {
    const found = this.#folders.get(folder) ?? load(join(folder, NAME));
    this.#folders.set(folder, found);
    return found;
  }
}

/**
 * Only the last line of each file and content counts. A record with many outdated lines is rewritten. The last two contents of each file
 * are kept: the last may have been recorded in vain.
 */
async function load(path: string): Promise<Known> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n').flatMap(parse);
  const known = new Map(lines.map(({ file, sum, key }) => [`${file} ${sum}`, key]));
  const latest = new Map<string, Line[]>();
  for (const line of lines) {
    const others = (latest.get(line.file) ?? []).filter(({ sum }) => sum !== line.sum);
    latest.set(line.file, [...others.slice(-1), line]);
  }
  if (lines.length > 4 * latest.size) {
    const anew = [...latest.values()]
      .flatMap(entries => entries.map(line => `${JSON.stringify(line)}\n`))
      .join('');
    await writeAtomically(path, Buffer.from(anew), { force: true });
    return { known, isCut: false };
  }
  return { known, isCut: text !== '' && !text.endsWith('\n') };
}

/** Parses a line; gives none if it was cut short. */
function parse(text: string): Line[] {
  try {
    const { file, sum, key } = JSON.parse(text) as Partial<Line>;
    return file !== undefined && sum !== undefined && key !== undefined ? [{ file, sum, key }] : [];
  } catch {
    return [];
  }
}

/** The checksum of a file with these bytes. */
export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The checksum of a file, read in pieces. */
async function sumOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
