import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode, inspect } from 'lowrank';
import { describe, expect, it } from 'vitest';
import { RangeDecoder } from '../../src/bits/range-decoder.js';
import { GOLOMB_CONTEXTS } from '../../src/bits/read-golomb.js';
import { ERROR_CODES } from '../../src/core/error-codes.js';
import { METADATA } from '../../src/format/extension.js';
import * as header from '../../src/format/header.js';
import { TURN_CONTEXTS } from '../../src/format/header-contexts.js';
import { KINDS, PLAIN_BYTES } from '../../src/format/plain-header.js';
import { COMPACT_SIGNATURE, SIGNATURE, VERSION } from '../../src/format/signature.js';
import { SEQUENCE_SIGNATURE } from '../../src/sequence/header.js';
import {
  exampleNames,
  exampleOf,
  fenced,
  listingNames,
  parseListing,
  readSpec,
  workedNames,
  workedOf,
} from './document.js';
import { TABLES } from './tables.js';
import { describeWorked, WORKED } from './worked/index.js';

const text = readSpec();
const numbers = (body: string, base: number): number[] =>
  body
    .trim()
    .split(/\s+/)
    .map(s => Number.parseInt(s, base));
const hex = (bytes: Uint8Array): string => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join(' ');

describe.each(exampleNames(text))('The worked example of layout %s', name => {
  const example = exampleOf(text, name);
  const bytes = Uint8Array.from(numbers(fenced(example, 'The file, '), 16));

  it('decodes to the samples printed below it', () => {
    const rows = fenced(example, 'The decoded samples').trim().split('\n');
    const picture = decode(bytes, { channels: 'file' });
    expect(picture.height).toBe(rows.length);
    expect([...picture.data]).toEqual(rows.flatMap(row => numbers(row, 10)));
  });

  it('has the length it states, is whole, and has the layout in its heading', () => {
    expect(Number(/The file, (\d+) bytes/.exec(example)![1])).toBe(bytes.length);
    const info = inspect(bytes);
    expect(info.complete).toBe(true);
    expect(info.layout).toBe(name);
  });

  it('has a header whose fields are the bits that its range coder gives, and ends where it says', () => {
    const rows = [...example.matchAll(/^\| .+ \| ([01]+) \| -?\d+ \|$/gm)];
    const bits = fenced(example, 'The same bits').trim().split(/\s+/);
    const coder = new RangeDecoder(bytes, PLAIN_BYTES, bytes.length);
    for (const bit of bits) expect(`${coder.bit(Number.parseInt(bit, 10))}`).toBe(bit.slice(-1));
    expect(rows.map(([, of]) => of).join('')).toBe(bits.map(bit => bit.slice(-1)).join(''));
    expect(coder.position).toBe(Number(/its stream begins at byte (\d+)/.exec(example)![1]));
  });
});

describe('The worked examples of single rules', () => {
  it('are those that the code has, each once', () => {
    expect(workedNames(text)).toEqual(Object.keys(WORKED));
  });

  it.each(Object.keys(WORKED))('say of %s what the code does', name => {
    expect(workedOf(text, name)).toBe(describeWorked(name));
  });
});

describe('Listings', () => {
  it('are those that the code has tables for, each once', () => {
    expect(listingNames(text).sort()).toEqual(Object.keys(TABLES).sort());
  });

  it.each(Object.entries(TABLES))('have the numbers of the code: %s', (name, table) => {
    const listed = parseListing(
      fenced(text, `<!-- listing ${name} -->`),
      table.columns,
      table.numbers.length,
    );
    expect(listed).toEqual(table.numbers);
    expect(table.numbers.every(Number.isFinite)).toBe(true);
  });

  it('have as many rows and columns as the line above them says', () => {
    for (const [, name, rows, columns] of text.matchAll(/^(\w+): (\d+) rows of (\d+)\.$/gm)) {
      const table = TABLES[name!]!;
      expect([name, table.columns, table.numbers.length / table.columns]).toEqual([
        name,
        Number(columns),
        Number(rows),
      ]);
    }
  });
});

describe('The header', () => {
  it('has its version and signatures in the document', () => {
    expect(text).toContain(`version **${VERSION.major}.${VERSION.minor}** of the format`);
    expect(text).toContain(`| \`${hex(SIGNATURE)}\` (\`SIGNATURE\`) |`);
    expect(text).toContain(`| \`${hex(COMPACT_SIGNATURE)}\` (\`COMPACT_SIGNATURE\`) |`);
    expect(text).toContain(`\`${hex(SEQUENCE_SIGNATURE)}\` (\`SEQUENCE_SIGNATURE\`)`);
    for (const [i, kind] of KINDS.entries()) expect(text).toContain(`${i} \`${kind}\``);
    for (const [i, field] of METADATA.entries()) expect(text).toContain(`| ${i} | \`${field}\` |`);
  });

  it.each(Object.entries(header))('has its constant %s in the document, with its value', (name, value) => {
    expect(text).toContain(`\`${name}\``);
    const words = typeof value === 'number' ? [`| ${name} | ${value} |`] : value.map(word => `\`${word}\``);
    for (const word of words) expect(text).toContain(word);
  });

  it('has its contexts in the document', () => {
    expect(text).toContain(
      `The header has ${TURN_CONTEXTS / GOLOMB_CONTEXTS + 1} sets of ${GOLOMB_CONTEXTS}`,
    );
    expect(text).toContain(`read(context ${TURN_CONTEXTS + 1} + 4 c)`);
    expect(text).toContain(`read(context ${TURN_CONTEXTS + 2} + 4 c + a)`);
  });

  it('has every field of its types in the document', () => {
    const source = readFileSync(join(import.meta.dirname, '../../src/format/header.ts'), 'utf8');
    const fields = [...source.matchAll(/^ {2}(\w+): /gm)].map(match => match[1]!);
    expect(fields.length).toBeGreaterThan(15);
    for (const field of fields) expect(text).toContain(`\`${field}\``);
  });

  it('has every error of a decoder in the document', () => {
    const elsewhere = ['OPTION', 'RASTER', 'TARGET', 'ABORTED'];
    for (const code of ERROR_CODES)
      if (!elsewhere.includes(code)) expect(text).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
  });
});
