import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answer, ROOT, readSuite } from '../golden/suite.js';
import { frozenName, frozenVersions } from './folders.js';
import { freezeTo } from './freeze-to.js';

describe.each(frozenVersions())('In frozen version $version', ({ folder, suite }) => {
  it('all files exist, and no others', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.lrk'),
    );
    expect(files.sort()).toEqual(Object.keys(suite).sort());
  });

  it.each(Object.entries(suite))('%s decodes to the same samples as ever', (name, cases) => {
    const bytes = readFileSync(join(folder, name));
    for (const { bytes: end, rank, scale, region, ...expected } of cases)
      expect({ end, rank, scale, region, ...answer(bytes, { bytes: end, rank, scale, region }) }).toEqual({
        ...{ end, rank, scale, region },
        ...expected,
      });
  });
});

describe('Freezing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lowrank-frozen-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('copies every file of the suite once, and never again', () => {
    const to = join(folder, '1.0');
    freezeTo(to);
    const suite = readSuite();
    const frozen = readSuite(join(to, 'suite.json'));
    expect(Object.values(frozen)).toEqual(Object.values(suite));
    for (const name of Object.keys(suite))
      expect([name, readFileSync(join(to, frozenName(name))).equals(readFileSync(join(ROOT, name)))]).toEqual(
        [name, true],
      );
    expect(() => freezeTo(to)).toThrow(/is there/);
  });
});
