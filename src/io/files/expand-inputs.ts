import type { Stats } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { IoError, oneLine, systemCode } from '../errors.js';
import { otherFormat } from '../formats/other-formats.js';
import { isLrk, SNIFF_BYTES, sniff } from '../formats/sniff.js';
import { listRanges } from './list-ranges.js';
import { isTemporary } from './temporary.js';

/** Which files in a folder are inputs: pictures to encode, or .lrk files to decode. Files named themselves always are. */
export type Wanted = 'images' | 'lrk';

export interface ExpandOptions {
  /** Look into folders. Default false: a folder is then a failure. */
  recursive?: boolean;
  /** Each input must be a file, never a folder. */
  filesOnly?: boolean;
  /** Default 'images'. */
  wanted?: Wanted;
  /** Called with each file in a folder that is left out, and the reason. */
  onSkip?: (path: string, reason: string) => void;
}

/** One input of a run. */
export interface Input {
  /** Its path; '-' is stdin. */
  path: string;
  /** Its place in the tree that is kept under the output folder: 'a/b.png'. */
  relative: string;
  /** Was it named itself, not found in a folder or by a glob? */
  named: boolean;
}

/** An argument that gave no input, and the reason. */
export interface InputFailure {
  path: string;
  error: IoError;
}

const IMAGE_NAME = /\.(png|jpe?g|jpe|jfif|webp|avif|tiff?|gif|svg)$/i;
const LRK_NAME = /\.lrk$/i;
/** Our own record beside outputs. */
const RECORD = '.lowrank.jsonl';

/**
 * The files that arguments stand for, in a fixed order: arguments as given, files of one argument by path. An argument is a file, a folder
 * (its tree is kept), a glob as tinyglobby understands it (the tree below its fixed part is kept) or '-'. A file found twice counts once.
 * In a folder, files count that are pictures by content or by name. An argument without files is a failure: NOT_FOUND, NO_MATCH,
 * IS_DIRECTORY or UNREADABLE.
 */
export async function expandInputs(
  patterns: readonly string[],
  options: ExpandOptions = {},
): Promise<(Input | InputFailure)[]> {
  const found: (Input | InputFailure)[] = [];
  const seen = new Set<string>();
  for (const pattern of patterns)
    for (const item of await expandOne(pattern, options)) {
      const key = item.path === '-' ? '-' : resolve(item.path);
      if (!('error' in item) && seen.has(key)) continue;
      seen.add(key);
      found.push(item);
    }
  return found;
}

async function expandOne(pattern: string, options: ExpandOptions): Promise<(Input | InputFailure)[]> {
  if (pattern === '-') return [{ path: '-', relative: '-', named: true }];
  try {
    const stats = await stat(pattern);
    if (!stats.isDirectory()) return [{ path: pattern, relative: basename(pattern), named: true }];
    if (!options.recursive)
      throw new IoError('IS_DIRECTORY', {
        path: pattern,
        reason: options.filesOnly ? 'a folder, not a file' : 'a folder: use --recursive for its files',
      });
    return await expandFolder(pattern, options);
  } catch (error) {
    if (error instanceof IoError) return [{ path: pattern, error }];
    const missing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL'].includes(systemCode(error));
    if (!missing) return [unreadable(pattern, error)];
  }
  // a name that is there was taken as it is, so "photo[1].png" needs no escape
  return isDynamicPattern(pattern)
    ? expandGlob(pattern)
    : [failure('NOT_FOUND', pattern, 'no such file or folder')];
}

const failure = (code: 'NOT_FOUND' | 'NO_MATCH', path: string, reason: string): InputFailure => ({
  path,
  error: new IoError(code, { path, reason }),
});

const unreadable = (path: string, cause: unknown): InputFailure => ({
  path,
  error: new IoError('UNREADABLE', {
    path,
    reason: ['EACCES', 'EPERM'].includes(systemCode(cause))
      ? 'permission denied'
      : systemCode(cause) || oneLine(cause),
    cause,
  }),
});

/** The part of a glob before its first special character: 'a/b/' of 'a/b/*.png'. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(part => isDynamicPattern(part));
  return (
    parts.slice(0, first < 0 ? parts.length - 1 : first).join('/') || (pattern.startsWith('/') ? '/' : '.')
  );
}

async function expandGlob(pattern: string): Promise<(Input | InputFailure)[]> {
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const paths = await glob(listRanges(slashed), { expandDirectories: false, onlyFiles: true });
  if (paths.length === 0) return [failure('NO_MATCH', pattern, 'no file matches')];
  const base = fixedPart(slashed);
  return (await withoutLoops(paths))
    .sort(byCode)
    .map(path => ({ path, relative: relative(base, path), named: false }));
}

/** Links to folders can form a circle. If several paths lead to one folder, the shortest counts. */
async function withoutLoops(paths: readonly string[]): Promise<string[]> {
  const byPlace = new Map<string, string>();
  for (const path of [...paths].sort((a, b) => a.length - b.length || byCode(a, b))) {
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    const place = join(folder, basename(path));
    if (!byPlace.has(place)) byPlace.set(place, path);
  }
  return [...byPlace.values()];
}

/** By code units, the same in every locale. */
const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function expandFolder(folder: string, options: ExpandOptions): Promise<(Input | InputFailure)[]> {
  const found: (Input | InputFailure)[] = [];
  await walk(folder, folder, options, found);
  if (found.length > 0) return found;
  return [
    failure('NO_MATCH', folder, `no ${options.wanted === 'lrk' ? '.lrk file' : 'picture'} in this folder`),
  ];
}

async function walk(
  root: string,
  folder: string,
  options: ExpandOptions,
  found: (Input | InputFailure)[],
): Promise<void> {
  const { wanted = 'images', onSkip = () => {} } = options;
  let entries: Buffer[];
  try {
    // Not with their types, which Bun leaves out when it gives names as bytes.
    entries = await readdir(folder, { encoding: 'buffer' });
  } catch (error) {
    found.push(unreadable(folder, error));
    return;
  }
  const named = entries.map(bytes => ({ bytes, name: bytes.toString('utf8') }));
  for (const { bytes, name } of named.sort((a, b) => byCode(a.name, b.name))) {
    const path = join(folder, name);
    if (!Buffer.from(name, 'utf8').equals(bytes)) onSkip(path, 'its name is not UTF-8');
    else if (name === RECORD || isTemporary(name)) continue;
    else if (name.startsWith('.')) onSkip(path, 'hidden');
    else {
      const entry = await lstat(path).catch(() => undefined);
      if (entry?.isDirectory()) {
        await walk(root, path, options, found);
        continue;
      }
      const reason = await whyNot(path, entry, wanted);
      if (reason === undefined) found.push({ path, relative: relative(root, path), named: false });
      else onSkip(path, reason);
    }
  }
}

/**
 * Why a file in a folder is left out; undefined if it is an input, by content or by name. A picture with another name is an input; a
 * damaged one is, too, and then fails visibly. Links to folders are not followed: they can form a circle.
 */
async function whyNot(path: string, entry: Stats | undefined, wanted: Wanted): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return entry?.isSymbolicLink() ? 'a broken link' : 'it cannot be examined';
  if (stats.isDirectory()) return 'a link to a folder';
  if (!stats.isFile()) return 'not a file';
  if (extname(path) && (wanted === 'lrk' ? LRK_NAME : IMAGE_NAME).test(path)) return undefined;
  const head = await readHead(path);
  if (!head) return 'it cannot be read';
  if (wanted === 'lrk') return isLrk(head) ? undefined : 'not an .lrk file';
  if (sniff(head) !== undefined) return undefined;
  const other = isLrk(head) ? undefined : otherFormat(head);
  return other
    ? `${other.name}, which is not supported; ${other.convert}`
    : isLrk(head)
      ? 'an .lrk file'
      : 'not a picture of a known format';
}

async function readHead(path: string): Promise<Uint8Array | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
