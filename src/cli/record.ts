import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asWriteError } from '../io/files/write-error.js';
import { writeAtomically } from '../io/index.js';

/** What is known of an output that is there. */
export type Standing =
  | 'missing'
  | 'current' // made from this content with these settings
  | 'outdated' // made by us, from something else
  | 'foreign'; // not made by us, or changed since

/** One line of a record: the name of a file or a folder of frames, its sum, and the key of what it was made from. */
interface Line {
  file: string;
  sum: string;
  key: string;
}

/** What the record of one folder says. */
interface Known {
  /** By file and sum the key. */
  known: Map<string, string>;
  /** Was its last line cut short, by a full disk or a kill? The next begins anew. */
  isCut: boolean;
}

/** Of the folder that outputs are in. */
const NAME = '.lowrank.jsonl';

/**
 * What outputs were made from, kept beside them in a file of lines, one a folder. A line is added before its file takes its place, so that an
 * interruption at any point leaves a record that is true: it tells files by their content. A folder of frames is as a file.
 */
export class Record {
  readonly #folders = new Map<string, Promise<Known>>();
  /** By path: which file it was, and its sum. */
  readonly #sums = new Map<string, { face: string; sum: string }>();

  /** What stands at an output path that is to be made from `key`; what cannot be read is missing, and writing says why. */
  async standing(output: string, key: string): Promise<Standing> {
    const sum = await this.sum(output).catch(() => undefined);
    if (sum === undefined) return 'missing';
    const known = (await this.#folder(dirname(output))).known.get(`${basename(output)} ${sum}`);
    if (known === undefined) return 'foreign';
    return known === key ? 'current' : 'outdated';
  }

  /** Notes what is about to be written, by its sum. The folder that it comes into must be there. */
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

  /** SHA-256 of a file, read once as long as it stays the same file by size and time; of a folder that of the names and sums of its files. Throws what reading them throws. */
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

/** The last line of each file and content counts. A record with many lines that no longer do is written anew. Of each file the last two contents stay: the last may have been noted in vain. */
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
    const anew = [...latest.values()].flatMap(of => of.map(line => `${JSON.stringify(line)}\n`)).join('');
    await writeAtomically(path, Buffer.from(anew), { force: true });
    return { known, isCut: false };
  }
  return { known, isCut: text !== '' && !text.endsWith('\n') };
}

/** A line; none where it was cut short. */
function parse(text: string): Line[] {
  try {
    const { file, sum, key } = JSON.parse(text) as Partial<Line>;
    return file !== undefined && sum !== undefined && key !== undefined ? [{ file, sum, key }] : [];
  } catch {
    return [];
  }
}

/** The sum of a file with these bytes. */
export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Read in pieces. */
async function sumOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
