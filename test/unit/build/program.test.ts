import { expect, it } from 'vitest';
import { minifiedWithNumbers } from '../../../build/minified.js';
import { giveNames, type Program, putTogether, takeApart } from '../../../build/program.js';

/** One of everything: shadowing, closures, unused parameters, patterns, classes, `var` in a block, names of the language. */
const SOURCE = `
const { imul, max } = Math;
const table = [1, 2, 3].map((value, index) => value * index);
class Counter {
  constructor(start) { this.count = start; }
  get twice() { return this.count * 2; }
  add({ by: step = 1, count }, ...rest) { this.count += step + (count ?? 0) + rest.length; return this; }
}
function* upTo(end) { for (let i = 0; i < end; i++) { const i2 = i * i; yield i2; } }
const unused = (first, second) => { let inner = second; return () => inner + table.length; };
function block(count) {
  if (count > 1) { var late = count * 3; }
  try { throw count; } catch (error) { const text = 'e' + error; late = [late, text]; }
  for (const { count: n } of [{ count }, { count: 5 }]) { let count = n; late.push(() => count + n); }
  return late.map(one => typeof one === 'function' ? one() : one);
}
function result(extent) {
  const { width, depth } = extent, counter = new Counter(width);
  counter.add({ by: depth, count: 2 }, 1, 2).add({});
  const object = { width, depth, imul: imul(3, 4), max, table: { table }, ['x' + depth]: counter.twice };
  let sum = 0;
  for (const one of upTo(4)) sum += one;
  return JSON.stringify([Object.values(object).map(String), block(4), unused(1, 2)(), sum, max(...table)]);
}
export { result };`;

const resultOf = (code: string): string => {
  const body = code.replace(
    /export ?\{(?:(\S+) as)? ?result ?\};?/,
    (_, name = 'result') => `return ${name}`,
  );
  return new Function(body)()({ width: 7, depth: 3 });
};

/** The program with names from a place on; `words`, which locals take if they can, get only a few. */
function named(program: Program, seed: number): string {
  const shuffled = (n: number): number[] => Array.from({ length: n }, (_, i) => 1 + ((i + seed) % n));
  for (const names of [program.properties, program.globals, program.words])
    for (const [i, place] of shuffled(names.length).entries()) names[i]!.place = place;
  giveNames(program);
  return putTogether(program);
}

it('A program does the same under all names', async () => {
  const kept = new Set([
    'width',
    'depth',
    ...[Math, [], JSON, Object, ''].flatMap(of => Object.getOwnPropertyNames(of)),
  ]);
  for (const of of [Array, Object, Function, String]) {
    for (const name of Object.getOwnPropertyNames(of.prototype)) kept.add(name);
  }
  const program = takeApart(await minifiedWithNumbers(SOURCE), kept);
  expect(program.globals.map(({ word }) => word)).toContain('table');
  expect(program.properties.map(({ word }) => word)).toContain('count');
  const expected = resultOf(SOURCE);
  for (let seed = 0; seed < 40; seed++) {
    const code = named(program, seed);
    expect(resultOf(code)).toBe(expected);
    expect(code).not.toMatch(/_\d/);
  }
});
