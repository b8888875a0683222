import { type MinifyOptions, minify } from 'terser';
import { LETTERS } from './program.js';

const nameOf = (n: number): string =>
  (n < LETTERS.length ? '' : nameOf(Math.floor(n / LETTERS.length) - 1)) + LETTERS[n % LETTERS.length]!;

const OPTIONS: MinifyOptions = { module: true, ecma: 2020 };

/** Minifies a module, keeping all names. With `inline`, functions that are called in one place are inlined. */
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

/**
 * Minifies a module. Locals get short names last, in the same order in each function: that repeats more than the names that terser assigns
 * by frequency.
 */
export async function minified(text: string, inline: boolean): Promise<string> {
  const mangle = { nth_identifier: { get: nameOf } };
  return (await minify(await compressed(text, inline), { ...OPTIONS, compress: false, mangle })).code!;
}

/** A minified module that keeps its names. */
export interface Numbered {
  /** The code, with `{x:x}` for `{ x }`. Variables of the module have their own names, all others are `_` and a number, each different. */
  code: string;
  /** By those names, what they were called in the source. */
  words: Map<string, string>;
}

export async function minifiedWithNumbers(text: string): Promise<Numbered> {
  const long = await compressed(text, true);
  let n = 0;
  const mangle = { module: false, toplevel: false, nth_identifier: { get: () => `_${n++}` } };
  const format = { shorthand: false };
  const code = (await minify(long, { ...OPTIONS, compress: false, mangle, format })).code!;
  // Esbuild also adds numbers to names, to keep them apart.
  const was = long.match(/[\w$]+/g)!.map(name => name.replace(/\d+$/, ''));
  const names = Array.from(code.match(/[\w$]+/g)!, (name, i) => [name, was[i]!] as const);
  return { code, words: new Map(names.filter(([name]) => /^_\d+$/.test(name))) };
}
