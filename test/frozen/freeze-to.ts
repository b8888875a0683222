import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { formatSuite, ROOT, readSuite } from '../golden/suite.js';
import { frozenName } from './folders.js';

/** Copies today's suite and its files into a new folder, for good. Throws if the folder exists. */
export function freezeTo(folder: string): void {
  if (existsSync(folder)) throw new Error(`${folder} is there: what is frozen stays as it is`);
  const suite = readSuite();
  for (const name of Object.keys(suite)) {
    const path = join(folder, frozenName(name));
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(ROOT, name), path);
  }
  const named = Object.entries(suite).map(([name, cases]) => [frozenName(name), cases]);
  writeFileSync(join(folder, 'suite.json'), formatSuite(Object.fromEntries(named)));
}
