import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figures } from './figures.js';

/** One point of a rate-distortion curve: one picture through one codec at one setting. */
export interface Row extends Figures {
  /** File name without `.png`. */
  image: string;
  /** Width in pixels. */
  w: number;
  /** Height in pixels. */
  h: number;
  codec: string;
  /** The codec's own knob: quality, or the distance of JPEG XL. */
  setting: number;
  /** The whole file, container included. */
  bytes: number;
  /** 8 bytes / (w h). */
  bpp: number;
  /** Wall time in milliseconds, of one run: a hint, not a benchmark (see speed.ts). */
  enc_ms: number;
}

/** Rows of a JSON file, none if there is no such file. */
export const readRows = (file: string): Row[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Row[]) : [];

/** Writes rows as JSON, one a line, beside the target and then renamed, so that a stopped run leaves a whole file. */
export function writeRows(file: string, rows: Row[]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, `[${rows.map(row => JSON.stringify(row)).join(',\n')}]\n`);
  renameSync(`${file}.tmp`, file);
}

/** Identity of a row: a second measurement of the same thing replaces the first. */
export const rowKey = (row: Pick<Row, 'image' | 'w' | 'h' | 'codec' | 'setting'>): string =>
  [row.image, row.w, row.h, row.codec, row.setting].join(' ');

/** Rows of all lists; later ones replace earlier ones of the same identity. */
export const mergeRows = (...lists: Row[][]): Row[] => [
  ...new Map(lists.flat().map(row => [rowKey(row), row])).values(),
];
