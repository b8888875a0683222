import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Case, readSuite, type Suite } from '../golden/suite.js';

/** A version of the format: a folder with its files and the suite of them. */
export interface Frozen {
  version: string;
  folder: string;
  /** Names are relative to the folder. */
  suite: Suite;
}

/** All frozen versions. */
export const frozenVersions = (): Frozen[] =>
  readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name: version }) => {
      const folder = join(import.meta.dirname, version);
      return { version, folder, suite: readSuite(join(folder, 'suite.json')) };
    });

/** The path of a file of today's suite in the folder of a version. */
export const frozenName = (name: string): string => name.replace(/^test\//, '');

/** Is a file of today's suite frozen unchanged, with these cases? */
export const isFrozen = (of: readonly Frozen[], name: string, bytes: Uint8Array, cases: Case[]): boolean =>
  of.some(({ folder, suite }) => {
    const path = join(folder, frozenName(name));
    return (
      existsSync(path) &&
      readFileSync(path).equals(bytes) &&
      JSON.stringify(suite[frozenName(name)]) === JSON.stringify(cases)
    );
  });
