import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BAD_FILES } from './bad-files.js';

// Writes the bad files beside this file, and the table of their expected errors: npm run golden.
const folder = join(import.meta.dirname, 'files');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const table = Object.entries(BAD_FILES).map(([name, { bytes, ...expected }]) => {
  writeFileSync(join(folder, `${name}.lrk`), bytes);
  return [name, expected];
});
writeFileSync(
  join(import.meta.dirname, 'errors.json'),
  `${JSON.stringify(Object.fromEntries(table), undefined, 2)}\n`,
);
