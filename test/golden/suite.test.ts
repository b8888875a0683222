import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frozenVersions, isFrozen } from '../frozen/folders.js';
import { makeVectors } from './make/index.js';
import { answer, ROOT, readSuite } from './suite.js';

const suite = readSuite();
const VECTORS = 'test/golden/vectors';
const read = (name: string): Buffer => readFileSync(join(ROOT, name));

describe('The suite', () => {
  it('has all golden files, and every vector is what the script makes', () => {
    const files = ['samples', 'test/golden', VECTORS, 'test/golden-errors/files', 'test/sequence'].flatMap(
      folder =>
        readdirSync(join(ROOT, folder)).flatMap(name => (name.endsWith('.lrk') ? `${folder}/${name}` : [])),
    );
    expect(Object.keys(suite).sort()).toEqual(files.sort());
    const made = makeVectors();
    expect(files.filter(name => name.startsWith(VECTORS))).toEqual(
      Object.keys(made)
        .map(name => `${VECTORS}/${name}.lrk`)
        .sort(),
    );
    const changed = Object.entries(made).filter(
      ([name, bytes]) => !read(`${VECTORS}/${name}.lrk`).equals(bytes),
    );
    expect(changed.map(([name]) => name)).toEqual([]);
  });

  it('has small files, and every kind of question and answer', () => {
    const sizes = Object.keys(suite).map(name => (name.startsWith('test/golden/') ? read(name).length : 0));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(400_000);
    const cases = Object.values(suite).flat();
    for (const key of ['bytes', 'rank', 'scale', 'region', 'pixels', 'error'])
      expect([key, cases.filter(of => key in of).length > 20]).toEqual([key, true]);
    const errors = new Set(cases.flatMap(of => ('error' in of ? `${of.error} ${of.field}` : [])));
    expect(errors.size).toBeGreaterThan(25);
  });
});

// Files that are frozen unchanged are decoded in test/frozen.
const frozen = frozenVersions();
const asked = Object.entries(suite).filter(([name, cases]) => !isFrozen(frozen, name, read(name), cases));

describe.runIf(asked.length)('This decoder gives the answers of the suite', () => {
  it.each(asked)('for %s', (name, cases) => {
    const bytes = read(name);
    for (const { bytes: end, rank, scale, region, ...expected } of cases)
      expect({ end, rank, scale, region, ...answer(bytes, { bytes: end, rank, scale, region }) }).toEqual({
        ...{ end, rank, scale, region },
        ...expected,
      });
  });
});
