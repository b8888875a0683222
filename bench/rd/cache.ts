import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Figures } from './figures.js';
import type { Rgb } from './pictures.js';

/** Default folder of coded pictures: one place for all working copies. */
export const DEFAULT_CACHE = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
  'lowrank-bench',
);

/** What is known of a coded picture. */
export interface Known {
  /** Bytes of the whole file. */
  bytes: number;
  figures: Partial<Figures>;
  encodeMs: number;
}

/** A coded picture in the cache: the file itself, and its description beside it. */
export interface Place {
  file: string;
  known: string;
}

/** Hash of the samples: identical pictures share their entries, whatever their names. */
export const pictureDigest = ({ width, height, data }: Rgb): string =>
  createHash('sha256').update(`${width} x ${height}\0`).update(data).digest('hex').slice(0, 16);

/** The entry of a picture coded at a setting by a codec of that identity (see `Codec`). */
export function placeOf(
  cache: string,
  picture: string,
  codec: string,
  identity: string,
  setting: number,
): Place {
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 12);
  const base = path.join(cache, picture, `${codec}-${digest}-${setting}`);
  return { file: `${base}.bin`, known: `${base}.json` };
}

/** What is stored there; undefined if nothing is. A file that was deleted is coded again when needed. */
export function recall({ file, known }: Place): { file?: Uint8Array; known: Known } | undefined {
  if (!existsSync(known)) return undefined;
  return {
    known: JSON.parse(readFileSync(known, 'utf8')) as Known,
    ...(existsSync(file) && { file: readFileSync(file) }),
  };
}

/** Stores a coded picture; other processes that read at the same time see it whole. */
export function keep({ file, known }: Place, bytes: Uint8Array, of: Known): void {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) replace(file, bytes);
  replace(known, JSON.stringify(of));
}

function replace(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}
