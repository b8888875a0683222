import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALPHABET, FIRST } from '../../src/bits/bytes-of-text.js';
import { RangeEncoder } from '../../src/bits/range-encoder.js';
import { GOLOMB_CONTEXTS } from '../../src/bits/read-golomb.js';
import { writeGolomb } from '../../src/bits/write-golomb.js';
import { writeSigned } from '../../src/bits/write-signed.js';
import { contextsOf, SHAPES, type Shape } from '../../src/tables/shapes.js';
import { fenced, parseListing, readSpec } from './document.js';

// Converts the fitted tables in codec-spec.md to the coded form in src/tables/text.ts, the mirror of src/tables/tables.ts: npm run tables.

const text = readSpec();
const coder = new RangeEncoder();

function write([rows, width, sets, unit]: Shape, values: number[]): void {
  const states = contextsOf(sets);
  const bit = (context: number, value: number): void => {
    coder.bit(value, states.probability(context));
    states.update(context, value);
  };
  const row = (r: number): number[] => values.slice(r * width, (r + 1) * width);
  for (let r = 0; r < rows; r++) {
    let back = 1;
    while (back <= r && row(r - back).some((v, i) => v !== row(r)[i])) back++;
    if (back > r) back = 0;
    writeGolomb(bit, 0, 0, back);
    if (back) continue;
    for (const [column, value] of row(r).entries()) {
      const set = Math.min(column + 1, sets) * GOLOMB_CONTEXTS;
      const above = unit < 0 && r ? row(r - 1)[column]! : 0;
      writeSigned(bit, set, value - above);
    }
  }
}

/** The smallest integer that decodes to this weight. */
function weightIndex(weight: number, unit: number): number {
  let i = 0;
  while (Math.trunc((i * (i + 4)) / unit) < Math.abs(weight)) i++;
  if (Math.trunc((i * (i + 4)) / unit) !== Math.abs(weight)) throw new Error(`no such weight: ${weight}`);
  return weight < 0 ? -i : i;
}

/** The integers that code listed numbers. */
function coded(unit: number, numbers: number[]): number[] {
  if (unit > 0) return numbers.map(w => weightIndex(w, unit));
  return numbers;
}

/** The listings, in the order of SHAPES; those that form one table are together. */
const LISTINGS = [
  ['EXPECTATION_WEIGHTS'],
  ['ALIVE_WEIGHTS'],
  ['MEAN_WEIGHTS'],
  ['CURVES'],
  ['X0'],
  ['GROUPS'],
];

for (const [i, shape] of SHAPES.entries()) {
  const [rows, columns, , unit] = shape;
  const count = (rows * columns) / LISTINGS[i]!.length;
  const numbers = LISTINGS[i]!.flatMap(name =>
    parseListing(fenced(text, `<!-- listing ${name} -->`), columns, count),
  );
  write(shape, coded(unit, numbers));
}

const bytes = coder.finish();
let out = '';
for (let bit = 0; bit < 8 * bytes.length; bit += 13) {
  let value = 0;
  for (let i = bit; i < bit + 13; i++) value = value * 2 + (((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
  out += String.fromCharCode(FIRST + Math.floor(value / ALPHABET), FIRST + (value % ALPHABET));
}
writeFileSync(
  join(import.meta.dirname, '../../src/tables/text.ts'),
  `/** The fitted tables that codec-spec.md lists, coded. Written by npm run tables. */
// biome-ignore format: one string
${out.includes('${') ? '// biome-ignore lint/suspicious/noTemplateCurlyInString: no template\n' : ''}export const TEXT = '${out.replace(/[\\']/g, '\\$&')}';
`,
);
console.log(`${bytes.length} bytes, ${out.length} characters`);
