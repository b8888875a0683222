import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { version, license } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
) as { version: string; license: string };

/** What scripts begin with that stand in a site by themselves. */
export const BANNER = `/*! lowrank ${version}, ${license} licence */`;
