import { writeFileSync } from 'node:fs';
import { describeFile, type Golden, readSample, sampleNames, TABLE, variantPath } from './describe.js';
import { encodeVariant, VARIANTS } from './variants.js';

// Encodes the variants, and writes the table of them and of the sample files as they are: npm run golden, which encodes those first.
const table: Record<string, Golden> = {};
for (const name of sampleNames()) table[name] = describeFile(readSample(name));
for (const name of Object.keys(VARIANTS)) {
  const bytes = await encodeVariant(name);
  writeFileSync(variantPath(name), bytes);
  table[name] = describeFile(bytes);
}
writeFileSync(TABLE, `${JSON.stringify(table, undefined, 2)}\n`);
