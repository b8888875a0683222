import { type MinifyOptions, minify } from 'terser';
import { LETTERS } from './program.js';

const nameOf = (n: number): string =>
  (n < LETTERS.length ? '' : nameOf(Math.floor(n / LETTERS.length) - 1)) + LETTERS[n % LETTERS.length]!;

const OPTIONS: MinifyOptions = { module: true, ecma: 2020 };

/** The text of a module in fewer bytes, with all its names. With `inline` functions that are called in one place are put there. */
async function compressed(text: string, inline: boolean): Promise<string> {
  const compress = {
    passes: 3,
    unsafe_arrows: true,
    pure_getters: true,
    lhs_constants: false,
    reduce_funcs: inline,
  };
  const format = { shorthand: false };
  return (await minify(text, { ...OPTIONS, compress, mangle: false, format })).code!;
}

/** A module minified. Variables take short names last, in each function in the same order: more repeats then than with names that terser gives out by frequency. */
export async function minified(text: string, inline: boolean): Promise<string> {
  const mangle = { nth_identifier: { get: nameOf } };
  return (await minify(await compressed(text, inline), { ...OPTIONS, compress: false, mangle })).code!;
}

/** A module minified but for its names. */
export interface Numbered {
  /** `{ x }` is `{x:x}` here. Variables of the module have the names that they had, all others are `_` and a number: no two are the same. */
  code: string;
  /** By those names what they were called. */
  words: Map<string, string>;
}

export async function minifiedWithNumbers(text: string): Promise<Numbered> {
  const long = await compressed(text, true);
  let n = 0;
  const mangle = { module: false, toplevel: false, nth_identifier: { get: () => `_${n++}` } };
  const format = { shorthand: false };
  const code = (await minify(long, { ...OPTIONS, compress: false, mangle, format })).code!;
  // Esbuild numbers names too, where they would be the same.
  const was = long.match(/[\w$]+/g)!.map(name => name.replace(/\d+$/, ''));
  const names = Array.from(code.match(/[\w$]+/g)!, (name, i) => [name, was[i]!] as const);
  return { code, words: new Map(names.filter(([name]) => /^_\d+$/.test(name))) };
}
