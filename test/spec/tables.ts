import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GAINS4 } from '../../src/matrices/inverse4.js';
import { ORDER4, ORDER8 } from '../../src/planes/order.js';
import { TAPS } from '../../src/restore/bank.js';
import * as fitted from '../../src/tables/tables.js';

/** A table of the code as codec-spec.md lists it. */
export interface Table {
  numbers: number[];
  columns: number;
  /** Do its lines begin with the number of the row? */
  numbered: boolean;
}

/** The numbers of a constant that is not exported, from the source: `const NAME = ...[...]`. */
function literal(file: string, name: string): number[] {
  const source = readFileSync(join(import.meta.dirname, '../../src', file), 'utf8');
  const found = new RegExp(`const ${name}\\b[^=]*= [^;[]*\\[([^\\]]*)\\]`).exec(source)?.[1];
  if (!found) throw new Error(`src/${file} has no array ${name}`);
  return found
    .split(',')
    .map(s => s.trim().replaceAll('_', ''))
    .filter(Boolean)
    .map(Number);
}

/** The numbers of the constants C1, C2, ... of a file. */
function scalars(file: string, ...names: string[]): number[] {
  const source = readFileSync(join(import.meta.dirname, '../../src', file), 'utf8');
  return names.map(name => Number(new RegExp(`const ${name} = ([-\\d.]+);`).exec(source)?.[1]));
}

const plain = (numbers: Iterable<number>, columns: number): Table => ({
  numbers: [...numbers],
  columns,
  numbered: false,
});
const rows = (numbers: Iterable<number>, columns: number): Table => ({
  ...plain(numbers, columns),
  numbered: true,
});

const COLUMNS = {
  EXPECTATION_WEIGHTS: 19,
  ALIVE_WEIGHTS: 7,
  MEAN_WEIGHTS: 5,
  CURVES: 2,
} satisfies Partial<Record<keyof typeof fitted, number>>;
const FITTED: Record<string, number[]> = { ...fitted };

/** Every table that codec-spec.md lists, by its name there. */
export const TABLES: Record<string, Table> = {
  order8: plain(ORDER8, 16),
  roots: plain(literal('planes/weights.ts', 'ROOTS'), 16),
  order4: plain(ORDER4, 16),
  norms8: plain(literal('matrices/lapping.ts', 'ALONG8'), 8),
  gains4: plain(GAINS4, 4),
  overlap8: plain(literal('matrices/lapping.ts', 'INVERSE8'), 4),
  overlap4: plain(literal('matrices/inverse4.ts', 'OVERLAP4'), 2),
  lap8: plain(literal('matrices/lap.ts', 'W8'), 4),
  cosines: plain(literal('runs/cosines.ts', 'COSINES'), 1),
  dct: plain(scalars('matrices/dct.ts', 'C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7'), 1),
  ...Object.fromEntries(
    Object.entries(COLUMNS).map(([name, columns]) => [name, rows(FITTED[name]!, columns)]),
  ),
  GROUPS: plain(fitted.GROUP_OF_CLASS, 6),
  X0: rows(fitted.MEAN_FILTERS, TAPS),
};
