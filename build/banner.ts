import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { version, license } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
) as { version: string; license: string };

/** The first line of scripts that are served on their own. */
export const BANNER = `/*! lowrank ${version}, ${license} licence */`;
