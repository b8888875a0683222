import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answer, ROOT, readSuite } from '../golden/suite.js';

// The process that judges mutants: it runs the suite of golden files on the decoder with each mutant in turn, until an answer differs.
// Prints one line for each: its number, and the question that revealed it, or 'lives'.

declare let __mutant: number;
declare let __ticks: number;

const [output, ...numbers] = process.argv.slice(2);

/** Files above this many bytes take long, and reveal little more than smaller ones. */
const MOST_BYTES = 2000;

const suite = Object.entries(readSuite())
  .map(([name, cases]) => ({
    name,
    cases,
    bytes: readFileSync(join(ROOT, name)),
    size: statSync(join(ROOT, name)).size,
  }))
  .filter(({ size }) => size <= MOST_BYTES);

/** The first question whose answer differs. */
function tellingCase(): string | undefined {
  for (const { name, cases, bytes } of suite)
    for (const { bytes: end, rank, scale, region, ...expected } of cases) {
      const question = JSON.parse(JSON.stringify({ bytes: end, rank, scale, region }));
      __ticks = 0;
      try {
        const told = answer(bytes, question);
        if (JSON.stringify(told) !== JSON.stringify(expected)) return `${name} ${JSON.stringify(question)}`;
      } catch (error) {
        return `${name} ${(error as Error).message.split('\n')[0]}`;
      }
    }
  return undefined;
}

process.setSourceMapsEnabled(false);
for (const number of [0, ...numbers.map(Number)]) {
  __mutant = number;
  const told = tellingCase();
  if (number) appendFileSync(output!, `${number}\t${told ?? 'lives'}\n`);
  else if (told) throw new Error(`without a mutant: ${told}`);
}
