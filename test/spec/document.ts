import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const SPEC = join(import.meta.dirname, '../../codec-spec.md');

export const readSpec = (): string => readFileSync(SPEC, 'utf8');

/** The body of the fenced block after the first match of `before`. */
export function fenced(text: string, before: string): string {
  const from = text.indexOf(before);
  const open = from < 0 ? -1 : text.indexOf('\n```\n', from);
  const close = open < 0 ? -1 : text.indexOf('```', open + 5);
  if (close < 0) throw new Error(`codec-spec.md has no fenced block after ${before}`);
  return text.slice(open + 5, close);
}

/** A listing of numbers, `columns` a row; missing rows are zeros, up to `length` numbers. */
export function parseListing(body: string, columns: number, length: number): number[] {
  const numbers: number[] = [];
  for (const line of body.split('\n').filter(Boolean)) {
    const [, row, rest] = /^(?:(\d+):)?(.*)$/.exec(line)!;
    if (row !== undefined) while (numbers.length < Number(row) * columns) numbers.push(0);
    numbers.push(...rest!.trim().split(/\s+/).map(Number));
  }
  while (numbers.length < length) numbers.push(0);
  return numbers;
}

/** The mirror of parseListing: rows of zeros are left out if rows are numbered. */
export function formatListing(numbers: readonly number[], columns: number, numbered: boolean): string {
  const lines: string[] = [];
  for (let at = 0; at < numbers.length; at += columns) {
    const row = numbers.slice(at, at + columns);
    if (!numbered) lines.push(row.join(' '));
    else if (row.some(n => n !== 0)) lines.push(`${at / columns}: ${row.join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The names of all listings, in their order. */
export const listingNames = (text: string): string[] =>
  [...text.matchAll(/<!-- listing (\w+) -->/g)].map(match => match[1]!);

export const exampleNames = (text: string): string[] =>
  [...text.matchAll(/<!-- example (\w+) -->/g)].map(match => match[1]!);

/** An example's section. */
export function exampleOf(text: string, name: string): string {
  const from = text.indexOf(`<!-- example ${name} -->`);
  if (from < 0) throw new Error(`codec-spec.md has no example ${name}`);
  return text.slice(from, text.indexOf('<!-- end -->', from));
}

/** The names of the worked examples that are not files. */
export const workedNames = (text: string): string[] =>
  [...text.matchAll(/<!-- worked (\w+) -->/g)].map(match => match[1]!);

/** Such an example, with the marks of its ends. */
export function workedOf(text: string, name: string): string {
  const from = text.indexOf(`<!-- worked ${name} -->`);
  if (from < 0) throw new Error(`codec-spec.md has no worked example ${name}`);
  const end = '<!-- end -->';
  return text.slice(from, text.indexOf(end, from) + end.length);
}
