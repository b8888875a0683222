import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeVectors } from './make/index.js';
import { casesOf, formatSuite, ROOT, SUITE, type Suite } from './suite.js';

// Makes the vectors again, and the suite of them, of the samples and of all other golden files as they are: npm run golden, which makes
// those first.
const VECTORS = 'test/golden/vectors';
rmSync(join(ROOT, VECTORS), { recursive: true, force: true });
mkdirSync(join(ROOT, VECTORS));
for (const [name, bytes] of Object.entries(makeVectors()))
  writeFileSync(join(ROOT, VECTORS, `${name}.lrk`), bytes);
const suite: Suite = {};
for (const folder of ['samples', 'test/golden', VECTORS, 'test/golden-errors/files', 'test/sequence'])
  for (const name of readdirSync(join(ROOT, folder)).sort())
    if (name.endsWith('.lrk')) {
      const path = `${folder}/${name}`;
      suite[path] = casesOf(readFileSync(join(ROOT, path)), folder === VECTORS || folder === 'test/sequence');
    }
writeFileSync(SUITE, formatSuite(suite));
