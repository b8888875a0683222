import { writeFileSync } from 'node:fs';
import {
  exampleNames,
  exampleOf,
  fenced,
  formatListing,
  listingNames,
  readSpec,
  SPEC,
  workedNames,
  workedOf,
} from './document.js';
import { describeExample, EXAMPLES } from './examples.js';
import { TABLES } from './tables.js';
import { describeWorked } from './worked/index.js';

// Writes the tables of the code and the worked examples into codec-spec.md: npm run spec:listings.

let text = readSpec();
for (const name of listingNames(text)) {
  const table = TABLES[name];
  if (!table) throw new Error(`no table ${name}`);
  const marker = `<!-- listing ${name} -->`;
  const body = formatListing(table.numbers, table.columns, table.numbered);
  const old = `${marker}\n\`\`\`\n${fenced(text, marker)}\`\`\``;
  if (!text.includes(old)) throw new Error(`the listing ${name} does not follow its marker`);
  text = text.replace(old, () => `${marker}\n\`\`\`\n${body}\`\`\``);
}
for (const name of exampleNames(text)) {
  const example = EXAMPLES[name];
  if (!example) throw new Error(`no example ${name}`);
  text = text.replace(
    exampleOf(text, name),
    () => `<!-- example ${name} -->\n\n${describeExample(example)}\n`,
  );
}
for (const name of workedNames(text)) text = text.replace(workedOf(text, name), () => describeWorked(name));
writeFileSync(SPEC, text);
