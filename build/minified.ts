import { type MinifyOptions, minify } from 'terser';

/** Letters of names, in the order in which they are given out: the most frequent of the keywords first. */
const LETTERS = 'etnrlaiohsfucmgdpywbvxkETAMCPNDRLSIFOUHBVW_$jzqGKQXYZJ';

const nameOf = (n: number): string =>
  (n < LETTERS.length ? '' : nameOf(Math.floor(n / LETTERS.length) - 1)) + LETTERS[n % LETTERS.length]!;

/**
 * What gzip makes least of. Variables take short names last, in each function in the same order: more repeats then than with names that terser gives out
 * by frequency. With `inline` functions that are called in one place are put there.
 */
export async function minified(text: string, module: boolean, inline = true): Promise<string> {
  const options: MinifyOptions = { module, ecma: 2020 };
  const compress = {
    passes: 3,
    unsafe_arrows: true,
    pure_getters: true,
    lhs_constants: false,
    reduce_funcs: inline,
  };
  const compressed = await minify(text, { ...options, compress, mangle: false });
  const mangle = { nth_identifier: { get: nameOf } };
  return (await minify(compressed.code!, { ...options, compress: false, mangle })).code!;
}
